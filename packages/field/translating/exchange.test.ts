import { expect, test } from "vitest"
import { fa } from "../src/words/fa.ts"
import { loadWords, LANGUAGES, type Language } from "../src/words/index.ts"
import { completeWords, putIn } from "../src/words/partial.ts"
import { at, entriesOf, leaves, META, PARTIAL, wrongWith } from "./catalogue.ts"
import { countTexts, exportTexts, importTexts } from "./exchange.ts"

const languages = Object.keys(PARTIAL)

test.each(languages)(
  "every text of %s has a place in the whole catalogue, is not empty, and holds what is put in",
  (language) => {
    const part = PARTIAL[language]
    if (part === undefined) throw new Error(language)
    const entries = entriesOf(part)
    expect(entries.flatMap((entry) => wrongWith(entry) ?? [])).toEqual([])
    const keys = new Set(entries.map(({ key }) => key))
    const forms = /\.(zero|one|two|few|many|other)$/
    const strange = leaves(part).filter(
      ({ key }) => !keys.has(key) && !META.has(key) && !keys.has(key.replace(forms, "")),
    )
    expect(strange).toEqual([])
  },
)

test("it is known how much of each language is done", () => {
  expect(countTexts().map(({ language }) => language)).toEqual(languages)
  for (const { done, of } of countTexts()) expect(done).toBeLessThanOrEqual(of)
  expect(countTexts().find(({ language }) => language === "ar")?.done).toBeGreaterThan(40)
})

test("what goes out comes back the same, and a new text is in it", () => {
  for (const language of languages) {
    const sent = exportTexts(language)
    const once = importTexts(language, sent)
    expect(importTexts(language, JSON.parse(JSON.stringify(sent)))).toBe(once)
    expect(once).toContain(`export const ${language}: PartialWords = {`)
  }
  const sent = exportTexts("bal")
  const entries = sent.entries.map((entry) => (entry.key === "day.day" ? { ...entry, text: "روچ" } : entry))
  expect(importTexts("bal", { ...sent, entries })).toContain('day: {\nday: "روچ",\n}')
})

test.each([
  ["an unknown key", { key: "when.hour", text: "x" }],
  ["a key of every object", { key: "__proto__.x", text: "x" }],
  ["an empty text", { key: "day.day", text: " " }],
  ["a place that there is not", { key: "join.lastDay", text: "{1}" }],
  ["a place that is broken", { key: "join.lastDay", text: "{0} {day}" }],
  ["a place left out", { key: "join.lastDay", text: "x" }],
  ["a place where nothing is put in", { key: "day.day", text: "{0}" }],
  ["a plural where there is no number", { key: "day.day", text: { other: "x" } }],
  ["a plural without its last form", { key: "join.lastDay", text: { one: "{0}" } }],
  ["a form that no language has", { key: "join.lastDay", text: { other: "{0}", dozen: "{0}" } }],
  ["a bracket that does not close", { key: "join.lastDay", text: "[{0}" }],
  ["a mark that turns the text", { key: "day.day", text: "\u202ex" }],
  ["a tag", { key: "day.day", text: "<b>" }],
])("refuses %s", (_, { key, text }) => {
  const entries = [{ key, fa: "", en: "", text: text as string }]
  expect(() => importTexts("bal", { language: "bal", entries })).toThrow(key)
})

test("refuses the file of another language", () => {
  expect(() => importTexts("bal", exportTexts("ckb"))).toThrow("for ckb")
  expect(() => exportTexts("fa")).toThrow("fa")
})

test("a language that is not whole speaks: its own words first, another's where there are none, marked as such", async () => {
  for (const language of Object.keys(LANGUAGES) as Language[]) {
    const { words, borrowedFrom } = await loadWords(language)
    expect(words.language).toBe(language)
    expect(words.direction).toBe(LANGUAGES[language].direction)
    for (const { value } of leaves(words)) {
      const text =
        typeof value === "function" ? (value as (...put: string[]) => string)("1", "2", "3") : value
      expect(String(text).trim()).not.toBe("")
    }
    const isWhole = language === "fa" || language === "en"
    expect(borrowedFrom(words.consent.note)?.language ?? null).toBe(
      isWhole ? null : language === "kmr" ? "en" : "fa",
    )
    expect(borrowedFrom(words.join.label)).toBe(language === "bal" ? borrowedFrom(words.consent.note) : null)
  }
})

test("what is borrowed from the other direction keeps its own", () => {
  const part = PARTIAL["kmr"]
  const whole = fa
  if (part === undefined) throw new Error("kmr")
  const { words, isBorrowed } = completeWords(part, whole)
  expect(words.keep.done).toBe(`\u2067${whole.keep.done}\u2069`)
  expect(isBorrowed(words.kept.size("1"))).toBe(true)
  expect(words.day.day).toBe("Roj")
})

test.each([
  [0, "لم يُعثر على مكان."],
  [1, "عُثر على مكان واحد."],
  [2, "عُثر على مكانين."],
  [3, "عُثر على \u2068٣\u2069 أماكن."],
  [11, "عُثر على \u2068١١\u2069 مكانًا."],
  [100, "عُثر على \u2068١٠٠\u2069 مكان."],
])("Arabic has six forms: %d", (count, expected) => {
  const shown = new Intl.NumberFormat("ar-IQ").format(count)
  expect(putIn(at(PARTIAL["ar"], "place.found") as string, [shown], "ar")).toBe(expected)
})

test("what is in brackets goes where nothing is put in", () => {
  expect(putIn("{0}[, {1}]", ["a", "b"], "kmr")).toBe("\u2068a\u2069, \u2068b\u2069")
  expect(putIn("{0}[, {1}]", ["a", null], "kmr")).toBe("\u2068a\u2069")
})
