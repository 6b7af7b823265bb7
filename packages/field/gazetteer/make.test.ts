import { readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { expect, test } from "vitest"
import { makeBuiltIn } from "./make.ts"
import { soundsAlike } from "./sounds-alike.ts"

const committed = readFileSync(new URL("../src/place/built-in.txt", import.meta.url), "utf8")

test("the committed gazetteer is what its sources make (if not: node packages/field/gazetteer/make.ts)", () => {
  expect(makeBuiltIn() === committed).toBe(true)
})

test("it is light enough to be fetched once on a slow line", () => {
  expect(gzipSync(committed, { level: 9 }).length).toBeLessThan(150_000)
})

test.each([
  ["Tehran", "تهران", true],
  ["Herat", "هرات", true],
  ["Al Hillah", "الحلة", true],
  ["Quetta", "کویته", true],
  ["Arāk", "ساوه", false],
  ["Baneh", "سنندج", false],
])("%s and %s: %s", (latin, arabic, alike) => {
  expect(soundsAlike(latin, arabic)).toBe(alike)
})
