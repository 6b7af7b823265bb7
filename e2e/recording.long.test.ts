import { expect, test } from "vitest"
import { killRecordings } from "./recording-support.ts"

test("recordings killed at 300 seeded instants arrive but for what was never said to be kept", async () => {
  const outcomes = await killRecordings(300, 2021)
  console.log(JSON.stringify(outcomes))
  expect(outcomes.finals).toBeGreaterThan(100)
  expect(outcomes.cut).toBeGreaterThan(100)
})
