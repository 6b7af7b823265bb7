import { expect, test } from "vitest"
import { type Kind, skipKnown, timeAnswers } from "./testing/seizure/answer-times.ts"
import { tellApart } from "./testing/seizure/tell-apart.ts"

const KINDS: readonly Kind[] = ["new", "known", "forgotten"]

test("New, known and forgotten cells are answered after one commit each", async () => {
  const answered = await timeAnswers(12, "small")
  for (const kind of KINDS) expect(answered[kind].map(({ commits }) => commits)).toEqual(Array(12).fill(1))
})

test("A relay that skips the commit for known cells is seen by the same count", async () => {
  const answered = await timeAnswers(12, "small", skipKnown)
  expect(answered.known.map(({ commits }) => commits)).toEqual(Array(12).fill(0))
  expect(answered.new.map(({ commits }) => commits)).toEqual(Array(12).fill(1))
})

test("Times of two kinds are told apart where they differ, and not where they do not", () => {
  const times = (from: number): number[] =>
    Array.from({ length: 2_000 }, (_, i) => from + ((i * 7_919) % 1_000) / 1_000)
  expect(tellApart(times(5), times(5.3), "apart")).toBeGreaterThan(0.6)
  expect(tellApart(times(5), times(5), "alike")).toBeLessThan(0.53)
})
