import { readFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { findPlaces, indexPlaces, parseGazetteer, placesNamed } from "@govah/field"
import { expect, test } from "vitest"
import { freshFolder } from "./field-support.ts"
import { mustHere } from "./govah-here.ts"

const table = resolve(process.env["GOVAH_DATA"] ?? "../shared/data", "iran-places.tsv")
const builtIn = parseGazetteer(readFileSync("packages/field/src/place/built-in.txt", "utf8"))

test("all of Iran's places become a pack, in which each of them is found by its name, and namesakes stay apart", async () => {
  const folder = await freshFolder()
  const out = join(folder, "iran.gazetteer")
  const source = ["--title", "Iran", "--attribution", "© OpenStreetMap contributors", "--licence", "ODbL 1.0"]
  const said = await mustHere(["gazetteer", "pack", table, "--out", out, ...source], folder)
  expect(said).toContain("2143 places")
  const pack = parseGazetteer(await readFile(out, "utf8"))
  const steps = indexPlaces([pack.places])
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  const index = step.value
  for (const place of pack.places) {
    for (const name of [place.fa, place.en]) {
      if (name === null) continue
      expect(placesNamed(index, name)).toContain(place)
      expect(findPlaces(index, name, 200).map((found) => found.place)).toContain(place)
    }
  }
  expect(placesNamed(index, "سردشت").filter(({ kind }) => kind === "town").length).toBeGreaterThan(1)
})

test("what was written by hand agrees with it: each town is in the province that it is said to be in", async () => {
  const known = new Map<string, Set<string>>()
  for (const line of readFileSync(table, "utf8").split("\n").slice(1)) {
    const [, , fa = "", , alt = "", , , , province = ""] = line.split("\t")
    for (const name of [fa, ...alt.split("|")]) {
      known.set(bare(name), (known.get(bare(name)) ?? new Set()).add(bare(province)))
    }
  }
  const towns = builtIn.places.filter(({ kind, within }) => kind === "town" && within?.kind === "province")
  const elsewhere = towns.filter(({ fa, others, within }) => {
    const provinces = [fa ?? "", ...others].flatMap((name) => [...(known.get(bare(name)) ?? [])])
    return !provinces.includes(bare(within?.fa ?? ""))
  })
  expect(towns.length).toBeGreaterThan(500)
  // Small places that the table lacks.
  expect(elsewhere.length).toBeLessThan(15)
})

function bare(name: string): string {
  return name
    .replaceAll(/[\s\u200c]/g, "")
    .replaceAll(/[آأ]/g, "ا")
    .replaceAll("ئ", "ی")
}
