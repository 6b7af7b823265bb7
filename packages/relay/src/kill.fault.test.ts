import { expect, test } from "vitest"
import { killOften } from "./testing/kill-often.ts"

test("What was acknowledged survives 20 kills at random instants, bit for bit", async () => {
  const { acknowledged, forgotten, lost } = await killOften("testing/quick-windows-main.ts", 20)
  // The kills wait for answers, not for a time: how many cells those were depends on who was quicker.
  expect(acknowledged).toBeGreaterThan(60)
  expect(forgotten).toBeGreaterThan(0)
  expect(lost).toEqual([])
}, 600_000)

test("The same kills catch a relay that answers before the disk has the cells", async () => {
  expect((await killOften("testing/hasty-main.ts", 3)).lost.length).toBeGreaterThan(0)
})
