import { expect, test } from "vitest"
import { killOften } from "./testing/kill-often.ts"

test("What was acknowledged survives 300 kills at random instants, bit for bit", async () => {
  const { acknowledged, forgotten, lost } = await killOften("testing/quick-windows-main.ts", 300)
  console.log(`${acknowledged} cells acknowledged, ${forgotten} of them forgotten`)
  expect(acknowledged).toBeGreaterThan(3_000)
  expect(lost).toEqual([])
})
