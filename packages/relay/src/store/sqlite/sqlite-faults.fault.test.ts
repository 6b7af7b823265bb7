import { expect, test } from "vitest"
import { failEachCall } from "../testing/store-faults.ts"
import { withoutTransactions } from "./testing/failing-database.ts"
import { bedFor } from "./testing/faulty-bed.ts"

// Of some thousand calls.
const EVERY = 211

test("A fault at a storage call, at each 211th in turn, loses nothing that was told and half-keeps nothing", async () => {
  const { faults, tried } = await failEachCall(
    bedFor((database) => database),
    EVERY,
  )
  expect(faults).toEqual([])
  expect(tried).toBeGreaterThan(5)
})

test("The same faults catch a store that does not write in transactions", async () => {
  expect((await failEachCall(bedFor(withoutTransactions), 499)).faults.length).toBeGreaterThan(0)
})
