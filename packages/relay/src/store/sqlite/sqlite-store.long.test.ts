import { expect, test } from "vitest"
import { neverSkips } from "../testing/never-skips.ts"
import { failEachCall } from "../testing/store-faults.ts"
import { cutOften, watchScript } from "./testing/cut-often.ts"
import { bedFor } from "./testing/faulty-bed.ts"
import { makeSqliteBed } from "./testing/sqlite-bed.ts"

neverSkips("SQLite", makeSqliteBed, 1_000)

test("A fault at every storage call in turn loses nothing that was told and half-keeps nothing", async () => {
  const { faults, tried } = await failEachCall(
    bedFor((database) => database),
    1,
  )
  expect(faults).toEqual([])
  console.log(`${tried} calls failed in turn`)
})

test("The power is cut at 1,000 instants, and nothing that was told is lost, and nothing half kept", async () => {
  expect(await cutOften(watchScript("careful"), 1_000)).toEqual([])
})
