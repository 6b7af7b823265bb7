import { expect, test } from "vitest"
import { MAX_BYTES, outlastFlood } from "./testing/outlast-flood.ts"

const JUNK = 1_500

test("under a flood a relay's disk is bounded, work gets in while the open share lasts, and a token always", async () => {
  const seen = await outlastFlood("main.ts", JUNK)
  // By chance one in 4,096 of the works fits.
  expect(seen.junkCells).toBeLessThan(4)
  expect(seen.tokensAmidst).toEqual([200, 200, 200, 200])
  expect([seen.openAfter, seen.openAtLast, seen.tokenAtLast]).toEqual([200, 507, 200])
  // The write-ahead log beside the store is a few MiB.
  expect(seen.bytes).toBeLessThan(MAX_BYTES + 20_000_000)
  // Nobody is shut out by address: all of it came from one.
  const refusals = [...seen.answers.keys()].filter((status) => status !== 200)
  expect(refusals.sort((a, b) => a - b)).toEqual([403, 404, 428])
  expect(seen.answers.get(200) ?? 0).toBe(seen.junkCells)
})

test("the same flood fills a relay that asks for no work and keeps nothing for tokens, and shuts the token out", async () => {
  const seen = await outlastFlood("testing/undefended-main.ts", JUNK)
  expect(seen.junkCells).toBeGreaterThan(50)
  expect([seen.openAtLast, seen.tokenAtLast]).toEqual([507, 507])
})
