import { expect, test } from "vitest"
import { type Answered, type Kind, skipKnown, timeAnswers } from "./testing/seizure/answer-times.ts"
import { tellApart } from "./testing/seizure/tell-apart.ts"

const COUNT = 3_000
const LIMIT = 0.03

async function examine(
  title: string,
  change?: typeof skipKnown,
): Promise<Record<Exclude<Kind, "new">, number>> {
  const answered = await timeAnswers(COUNT, title, change)
  const times = (some: readonly Answered[]): number[] => some.map(({ milliseconds }) => milliseconds)
  const accuracy = {
    known: tellApart(times(answered.new), times(answered.known), title),
    forgotten: tellApart(times(answered.new), times(answered.forgotten), title),
  }
  console.log(`${title}: ${COUNT} of each kind, told from new ones`, accuracy)
  return accuracy
}

test("How long an answer takes does not tell new from known or forgotten cells", async () => {
  const { known, forgotten } = await examine("a relay")
  expect(known).toBeLessThan(0.5 + LIMIT)
  expect(forgotten).toBeLessThan(0.5 + LIMIT)
})

test("A relay that skips the commit for known cells is told apart by the same examiner", async () => {
  const { known } = await examine("one that skips the commit", skipKnown)
  expect(known).toBeGreaterThan(0.9)
})
