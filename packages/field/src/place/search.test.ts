import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { findPlaces, fold, indexPlaces, parseGazetteer, type PlaceIndex, placesNamed } from "./index.ts"

const builtIn = parseGazetteer(readFileSync(new URL("built-in.txt", import.meta.url), "utf8"))
const index = indexOf()

function indexOf(): PlaceIndex {
  const steps = indexPlaces([builtIn.places])
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

function first(typed: string): string | undefined {
  const place = findPlaces(index, typed, 1)[0]?.place
  return place === undefined ? undefined : `${place.fa} ${place.within?.fa}`
}

test.each([
  ["سراوان", "سراوان سیستان و بلوچستان"],
  // Another keyboard's letters, a joiner, a space in its place, vowel signs, letters of one sound.
  ["كرمانشاه", "کرمانشاه کرمانشاه"],
  ["شاهین\u200cدژ", "شاهین‌دژ آذربایجان غربی"],
  ["شاهین دژ", "شاهین‌دژ آذربایجان غربی"],
  ["شاهیندژ", "شاهین‌دژ آذربایجان غربی"],
  ["تَبریز", "تبریز آذربایجان شرقی"],
  ["طبریز", "تبریز آذربایجان شرقی"],
  ["نايين", "نائین اصفهان"],
  // What is typed so far.
  ["سراو", "سراوان سیستان و بلوچستان"],
  // Latin letters as people write them.
  ["Saravan", "سراوان سیستان و بلوچستان"],
  ["ZAHEDAN", "زاهدان سیستان و بلوچستان"],
  ["Ghazvin", "قزوین قزوین"],
  ["bojnourd", "بجنورد خراسان شمالی"],
  ["Bojnoord", "بجنورد خراسان شمالی"],
  ["shahre kord", "شهرکرد چهارمحال و بختیاری"],
  ["Shahr-e-Kord", "شهرکرد چهارمحال و بختیاری"],
  ["Ahwaz", "اهواز خوزستان"],
  // Other languages, with and without the article, with and without marks.
  ["الأحواز", "اهواز خوزستان"],
  ["احواز", "اهواز خوزستان"],
  ["سنە", "سنندج کردستان"],
  ["Merîwan", "مریوان کردستان"],
  ["meriwan", "مریوان کردستان"],
  ["هەولێر", "اربیل عراق"],
  ["استانبول", "استانبول ترکیه"],
  // A later word.
  ["بلوچستان", "سیستان و بلوچستان ایران"],
  // One letter wrong, missing, too much, changed with its neighbour.
  ["سراوای", "سراوان سیستان و بلوچستان"],
  ["Zahdan", "زاهدان سیستان و بلوچستان"],
  ["Zahhedaan", "زاهدان سیستان و بلوچستان"],
  ["سنندک", "سنندج کردستان"],
])("finds %s", (typed, expected) => {
  expect(first(typed)).toBe(expected)
})

test.each([[""], ["  "], ["!؟"], ["ءع"], ["\u200c"], ["xqzjkw"], ["\\9+"], ["(((((("]])(
  "finds nothing for %j",
  (typed) => {
    expect(findPlaces(index, typed, 5)).toEqual([])
    expect(placesNamed(index, typed)).toEqual([])
  },
)

test("what is typed so far folds to the beginning of the whole", () => {
  // The second letter of a pair changes the one before it: between the two, nothing is found, and the next letter mends it.
  const pairs = new Set(["g", "kh", "s", "c", "z"])
  // Iran's all, and some of the others.
  for (const { fa, en, others } of builtIn.places.filter((_, at) => at < 604 || at % 20 === 0)) {
    for (const name of [fa, en, ...others]) {
      if (name === null) continue
      const whole = fold(name)
      for (let length = 1; length < name.length; length++) {
        const typed = fold(name.slice(0, length))
        const fits = whole.startsWith(typed) || pairs.has(typed.slice(-1)) || pairs.has(typed.slice(-2))
        expect(fits, `${name.slice(0, length)} of ${name}`).toBe(true)
      }
    }
  }
})

test("a name that several towns share names them all, each with its province", () => {
  const named = placesNamed(index, "نور آباد")
  expect(new Set(named.map((place) => place.within?.fa))).toEqual(new Set(["فارس", "لرستان"]))
  expect(named).toHaveLength(2)
  expect(placesNamed(index, "سراوان")).toHaveLength(1)
})

test("the places of the case that this was made for are all there, in both languages, each once by its full name", () => {
  const towns = "تهران زنجان شیراز مشهد اهواز اراک ایلام رشت قزوین یزد سراوان زاهدان ایرانشهر".split(" ")
  for (const town of towns) {
    const [place, ...more] = placesNamed(index, town).filter(({ kind }) => kind === "town")
    expect(more).toEqual([])
    expect(place?.fa).toBe(town)
    expect(place?.en).toMatch(/^[A-Z][a-z]+$/)
    expect(place?.within?.kind).toBe("province")
    expect(findPlaces(index, place?.en ?? "", 1)[0]?.place).toBe(place)
  }
})

test("the exact name comes first, then the larger place", () => {
  const [a, b] = findPlaces(index, "شیر", 8).map(({ place }) => place)
  expect(a?.fa).toBe("شیراز")
  expect(b?.fa).toMatch(/^شیر/)
  expect(findPlaces(index, "قم", 3)[0]?.place).toMatchObject({ kind: "town", fa: "قم" })
})
