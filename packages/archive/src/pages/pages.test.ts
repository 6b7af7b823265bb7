import { gzipSync } from "node:zlib"
import type { ActionPublication, EventPublication, LocalText, Publication } from "@govah/core/publication"
import { parsePublication } from "@govah/core/publication"
import { describe, expect, test } from "vitest"
import { dataFiles } from "../data/tables.ts"
import { action, event, story } from "../testing/sample.ts"
import { html } from "./html.ts"
import { securityPolicy } from "./page.ts"
import { renderPages } from "./render.ts"
import { makeSite } from "./site.ts"

/** First view of a page, HTML and CSS, in the first window of a TCP connection. */
const MAX_PAGE_GZIP_BYTES = 14 * 1024

function render(
  publications: readonly Publication[],
  name: LocalText = { fa: "بایگانی", en: "Archive" },
): Map<string, string> {
  const proofs = new Map(publications.map((p, index) => [p.id, { index, leaf: "ab".repeat(32) }]))
  const edition = { number: 1, made: "2021-03-03", logSize: 4 }
  const site = makeSite(publications, {
    name,
    vkey: "key+0+k",
    cardWords: ["river", "bread"],
    edition,
    proofs,
  })
  return new Map([...renderPages(site)].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]))
}

const ATTACKS = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `</title></style><svg onload=alert(1)>`,
  `<!--<b>-->&lt;`,
]

/** The same publication with every text in both languages replaced. */
function poisoned<P extends Publication>(publication: P, attack: string): P {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk)
    if (value === null || typeof value !== "object") return value
    if ("fa" in value && "en" in value) return { fa: attack, en: attack }
    return Object.fromEntries(
      Object.entries(value).map(([k, v]) => [k, k === "series" ? attack.slice(0, 60) : walk(v)]),
    )
  }
  return parsePublication(walk(publication) as never) as P
}

describe("markup in any text of a publication", () => {
  test.each(ATTACKS)("%s comes out as text", (attack) => {
    const clean = render([event, action, story])
    const pages = render([poisoned(event, attack), poisoned(action, attack), poisoned(story, attack)], {
      fa: attack,
      en: attack,
    })
    for (const [path, text] of pages) {
      expect(text, path).not.toContain(attack)
      // No tag, comment or attribute more than the clean page has, whatever the words were.
      const before = clean.get(path.replace(/town\/.*/, "town/town.html"))
      if (before !== undefined) expect(shape(text), path).toEqual(shape(before))
    }
    expect([...pages.values()].join()).toContain(String(html`${attack}`.markup))
  })

  test("the same attack runs where a template does not escape: the test can fail", () => {
    const attack = ATTACKS[0] as string
    const weak = (render([event, action, story]).get("en/event/e1.html") as string).replace("A note", attack)
    expect(shape(weak)).not.toEqual(shape(render([event, action, story]).get("en/event/e1.html") as string))
  })
})

/** Names of tags and of their attributes, in order. */
function shape(markup: string): string[] {
  const tags = markup.match(/<(?:!--|!?\/?[a-z][^\s>]*(?:\s+[a-z-]+(?:="[^"]*")?)*)/gi) ?? []
  return tags.map((tag) => tag.replaceAll(/="[^"]*"/g, ""))
}

describe("every page", () => {
  const pages = render([event, action, story])

  test("has one language, direction, title, main heading, and a policy that lets nothing in", () => {
    for (const [path, text] of pages) {
      expect(text, path).toMatch(/^<!doctype html>\n<html lang="(fa" dir="rtl|en" dir="ltr)">/)
      expect(text, path).toContain(`content="${securityPolicy().replaceAll("'", "&#39;")}"`)
      expect(text, path).not.toMatch(/<script|<svg|<iframe|<link|\son[a-z]+=|javascript:|style=/i)
      expect(text, path).toMatch(/<title>[^<]+<\/title>/)
      if (path !== "index.html") expect(text.match(/<h1[ >]/g), path).toHaveLength(1)
    }
  })

  test("links only to files that exist, by relative paths, and to addresses that a claim gives", () => {
    const others = new Set([
      ...dataFiles([event, action, story]).keys(),
      "MANIFEST",
      "log/checkpoint",
      "log/key",
    ])
    for (const [path, text] of pages)
      for (const [, target] of text.matchAll(/(?:href|src)="([^"]*)"/g) as Iterable<[string, string]>) {
        if (target.startsWith("https://news.example/")) continue
        const [file = "", anchor] = target.split("#")
        const url = new URL(file, `archive:///${path}`).pathname.slice(1)
        if (/^(m\/[0-9a-f]{64}\.jpg|log\/disclosures\/\d+\.json)$/.test(url) || others.has(url)) continue
        const page = file === "" ? text : pages.get(url)
        expect(page, `${path} links to ${target}`).toBeDefined()
        if (anchor !== undefined) expect(page, `${path} links to ${target}`).toContain(`id="${anchor}"`)
        expect(target, path).not.toMatch(/^(\/|[a-z]+:)/)
      }
  })

  test("has a name in lower-case ASCII, and no id twice", () => {
    for (const [path, text] of pages) {
      expect(path).toMatch(/^[a-z0-9/-]+\.html$/)
      const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
      expect(new Set(ids).size, path).toBe(ids.length)
    }
  })

  test("exists in both languages", () => {
    const of = (language: string): string[] =>
      [...pages.keys()].filter((path) => path.startsWith(`${language}/`)).map((path) => path.slice(3))
    expect(of("fa")).toEqual(of("en"))
  })
})

test("a page with twenty claims and a front page with twelve towns fit the first TCP window", () => {
  const base = event
  const claim = base.claims[0] as EventPublication["claims"][number]
  const text = (n: number): LocalText => ({
    fa: `گفتهٔ شمارهٔ ${n} دربارهٔ آنچه در مرز دیده شد`,
    en: `Statement ${n} on what was seen at the border`,
  })
  const claims = Array.from({ length: 20 }, (_, n) => ({
    ...claim,
    id: `K${n}`,
    said: text(n),
    scope: text(n + 50),
    claimant: { ...claim.claimant, name: text(n + 90) },
    url: `https://news.example/${n}/${"x".repeat(40)}`,
  }))
  const towns = Array.from(
    { length: 12 },
    (_, n): ActionPublication => ({
      ...action,
      id: `B${n}`,
      place: { ...action.place, name: text(n) },
    }),
  )
  const pages = render([
    { ...base, claims },
    ...towns,
    { ...story, paragraphs: [{ text: text(1), cites: claims.map((c) => c.id) }] },
  ])
  for (const [path, markup] of pages)
    expect(gzipSync(markup).length, path).toBeLessThanOrEqual(MAX_PAGE_GZIP_BYTES)
})

test("the event's first lines say when, where, how many, who says so and how sure", () => {
  const page = render([event, action, story]).get("en/event/e1.html") as string
  const text = page.slice(page.indexOf("<dl>"), page.indexOf("</dl>")).replaceAll(/<[^>]*>/g, "")
  expect(text).toContain("about 22 February 2021")
  expect(text).toContain("Abadi, Province")
  expect(text).toContain("3 (officials) to at least 10 (A group), as of 23 February 2021")
  expect(text).toContain("None has yet been confirmed by another independent source.")
  const fa = render([event, action, story]).get("fa/event/e1.html") as string
  expect(fa).toContain("از ۳ (مقام‌های رسمی) تا دست‌کم ۱۰ (نهاد)، تا ۵ اسفند ۱۳۹۹")
})

test("the tables hold what the pages hold, and no cell runs as a formula", () => {
  const evil = { ...action, words: { fa: `=HYPERLINK("x")`, en: `+1,"two"` } }
  const files = dataFiles([event, evil])
  const actions = new TextDecoder("utf-8", { ignoreBOM: true }).decode(files.get("data/actions.csv"))
  expect(actions.startsWith("\ufeffaction,")).toBe(true)
  expect(actions).toContain(`"'=HYPERLINK(""x"")","'+1,""two"""`)
  const claims = new TextDecoder().decode(files.get("data/claims.csv")).split("\r\n")
  expect(claims).toHaveLength(5)
  const columns = new TextDecoder().decode(files.get("data/columns.txt"))
  for (const name of (claims[0] as string).split(",")) expect(columns).toContain(`\n${name}: `)
})
