import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { type Weight, weighPage } from "./weigh.ts"

const budgets = JSON.parse(readFileSync(new URL("budgets.json", import.meta.url), "utf8")) as Weight

test("what a phone fetches is no heavier than what was decided on", async () => {
  const weight = await weighPage()
  for (const part of Object.keys(weight) as (keyof Weight)[]) {
    // Of nothing, the scales would say that it is light enough.
    expect(weight[part], part).toBeGreaterThan(10_000)
    expect(weight[part], part).toBeLessThanOrEqual(budgets[part])
  }
})
