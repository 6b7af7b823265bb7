// Makes the gazetteer that the page carries: `node packages/field/gazetteer/make.ts`. See README.md.
import { writeFileSync } from "node:fs"
import { formatGazetteer, type GazetteerPlace } from "../src/place/index.ts"
import { type City, readCities, rows } from "./geonames.ts"
import { soundsAlike } from "./sounds-alike.ts"

/** Iran and who lives around it: every city that the source has. */
const NEAR = "IR AF PK IQ TR AZ AM TM SY KW QA BH AE OM SA LB JO PS IL YE TJ UZ GE".split(" ")
/** Where Latin names are transliterations, whose marks nobody types or reads. */
const MARKED = new Set("AF IQ SY KW QA BH AE OM SA LB JO PS IL YE PK".split(" "))
/** Elsewhere, cities from this many people on. */
const LARGE = 75_000
/** Above it, a name that does not sound like the Latin one may be the usual one abroad: القاهرة, Cairo. */
const KNOWN_ABROAD = 500_000

/** The languages whose names are taken where they differ, by country. */
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  AF: ["ps"],
  AZ: ["az"],
  IQ: ["ar", "ckb", "ku"],
  PK: ["ur"],
  SY: ["ar", "ku"],
  TR: ["ku", "ckb"],
}
const ARAB = new Set("KW QA BH AE OM SA LB JO PS IL YE".split(" "))

/** Names that the source lacks or has wrong. */
const WRITTEN = new Map(
  (rows("names.tsv") as [string, string, string][]).map(([id, fa, others]) => [
    id,
    { fa, others: others === "" ? [] : others.split("|") },
  ]),
)

/** The text of the gazetteer: the same from the same files. */
export function makeBuiltIn(): string {
  const cities = readCities()
  const places = [...iran(cities)]
  for (const code of [...new Set(cities.map(({ country }) => country))].sort()) {
    if (code === "IR") continue
    const kept = cities
      .filter((city) => city.country === code && (NEAR.includes(code) || city.people >= LARGE))
      .sort((a, b) => Number(a.id) - Number(b.id))
    const land = country(code)
    places.push(land, ...kept.map((city) => town(city, land)))
  }
  return formatGazetteer({
    title: "GeoNames, Iran and around",
    attribution: "GeoNames (geonames.org)",
    licence: "CC BY 4.0",
    covers: [],
    places,
  })
}

function* iran(cities: readonly City[]): Generator<GazetteerPlace> {
  const byId = new Map(cities.map((city) => [city.id, city]))
  const land = country("IR")
  yield land
  let province = land
  for (const row of rows("iran.tsv")) {
    const [kind, code, fa, en, others, geonames] = row as [string, string, string, string, string, string]
    const city = byId.get(geonames)
    const names = { fa, en, others: others === "" ? [] : others.split("|") }
    if (kind === "province") {
      province = { id: `ir:${code}`, kind: "province", ...names, within: land, at: null, people: 0 }
      yield province
    } else {
      const id =
        geonames === "" ? `ir:${code}.${en.toLowerCase().replaceAll(/[^a-z]+/g, "-")}` : `gn:${geonames}`
      const [at, people] = city === undefined ? [null, 0] : [pointOf(city), thousands(city)]
      yield { id, kind: "town", ...names, within: province, at, people }
    }
  }
}

function country(code: string): GazetteerPlace {
  const name = (language: string): string =>
    new Intl.DisplayNames([language], { type: "region" }).of(code) ?? code
  const [fa, en] = [name("fa"), name("en")]
  const near = NEAR.includes(code) ? [name("ar"), name("ckb"), name("ku")] : []
  const others = [...new Set(near)].filter((one) => one !== fa && one !== en && one !== code)
  return { id: `iso:${code}`, kind: "country", fa, en, others, within: null, at: null, people: 0 }
}

function town(city: City, land: GazetteerPlace): GazetteerPlace {
  const en = MARKED.has(city.country) ? plain(city.name) : city.name
  const fits = (name: string): boolean => city.people >= KNOWN_ABROAD || soundsAlike(en, name)
  const written = WRITTEN.get(city.id)
  const known = (city.names.get("fa") ?? []).find(fits)?.replaceAll("ي", "ی").replaceAll("ك", "ک")
  const fa = written?.fa ?? known ?? null
  const languages = ARAB.has(city.country) ? ["ar"] : (LANGUAGES[city.country] ?? [])
  const others = languages.flatMap((language) =>
    (city.names.get(language) ?? []).filter((name) => language === "ku" || language === "az" || fits(name)),
  )
  return {
    id: `gn:${city.id}`,
    kind: "town",
    fa,
    en,
    others: [...new Set(written?.others ?? others)].filter(
      (name) => name !== fa && name !== en && !name.includes("|"),
    ),
    within: land,
    at: NEAR.includes(city.country) ? pointOf(city) : null,
    people: thousands(city),
  }
}

/** A hundredth of a degree, a kilometre, is all that finding the nearest town needs. */
function pointOf({ lat, lon }: City): { lat: number; lon: number } {
  return { lat: Math.round(lat * 100) * 10 + 0, lon: Math.round(lon * 100) * 10 + 0 }
}

/** Two digits are all that ranking needs. */
function thousands({ people }: City): number {
  return Math.round(Number((people / 1000).toPrecision(2)))
}

function plain(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/[\p{M}’‘ʻʼ`]/gu, "")
    .trim()
}

if (import.meta.main) writeFileSync(new URL("../src/place/built-in.txt", import.meta.url), makeBuiltIn())
