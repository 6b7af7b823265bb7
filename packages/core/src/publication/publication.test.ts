import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import type { Json } from "../bytes/index.ts"
import { isIsoDate, noonOf } from "./day.ts"
import { formatPublication, parsePublication } from "./publication.ts"

interface PublicationVectors {
  readonly base: { readonly [type: string]: { readonly [name: string]: Json } }
  readonly cases: {
    readonly name: string
    readonly expect: string
    readonly base?: string
    /** Path of the member to set, and its value; a value left out removes the member. */
    readonly at?: readonly (string | number)[]
    readonly set?: Json
    readonly text?: string
  }[]
}
const vectors = JSON.parse(
  readFileSync(new URL("../../../../vectors/publication.json", import.meta.url), "utf8"),
) as PublicationVectors

// biome-ignore lint/suspicious/noExplicitAny: a test that edits any JSON.
function edited(base: Json, at: readonly (string | number)[], set: Json | undefined): Json {
  const [name, ...rest] = at
  if (name === undefined) return set as Json
  const copy = (Array.isArray(base) ? [...base] : { ...(base as object) }) as { [name: string]: Json }
  if (rest.length === 0 && set === undefined) delete copy[name]
  else copy[name] = edited(copy[name] as Json, rest, set)
  return copy
}

describe("publication vectors", () => {
  test.each(vectors.cases)("$name", (v) => {
    let result: string
    try {
      if (v.text !== undefined) parsePublication(v.text)
      else {
        const value = edited(
          vectors.base[v.base as string] as Json,
          v.at ?? [],
          v.at === undefined ? (vectors.base[v.base as string] as Json) : v.set,
        )
        const parsed = parsePublication(value)
        expect(parsePublication(formatPublication(parsed))).toEqual(parsed)
      }
      result = "accept"
    } catch (error) {
      result = `reject:${(error as { code?: string }).code}`
    }
    expect(result).toBe(v.expect)
  })
})

test("a refusal names the field and never what stands in it", () => {
  const value = edited(vectors.base["event"] as Json, ["title", "fa"], "secret\u0007word")
  expect(() => parsePublication(value)).toThrow(/title\.fa/)
  expect(() => parsePublication(value)).not.toThrow(/secret/)
})

test("days are counted as the platform's own calendar counts them", () => {
  for (let ms = Date.UTC(1899, 11, 25, 12); ms < Date.UTC(2200, 0, 5); ms += 86_400_000 * 13) {
    const day = new Date(ms).toISOString().slice(0, 10)
    const inside = day >= "1900-01-01" && day <= "2199-12-31"
    expect(isIsoDate(day)).toBe(inside)
    if (inside) expect(noonOf(day)).toBe(ms)
  }
  expect(isIsoDate("2020-02-29")).toBe(true)
  for (const no of [
    "2021-02-29",
    "2100-02-29",
    "2021-13-01",
    "2021-00-10",
    "2021-1-01",
    "2021-01-32",
    "2021-01-00",
  ])
    expect(isIsoDate(no), no).toBe(false)
})
