import { expect, test } from "vitest"
import { MAX_BYTES, outlastFlood } from "./testing/outlast-flood.ts"

const JUNK = 1_000_000

test("under a million requests of junk disk and memory are bounded, and a token gets in", {
  timeout: 3_600_000,
}, async () => {
  const seen = await outlastFlood("main.ts", JUNK)
  // A sixth of it has work of chance, of which one in 4,096 fits: 41 ± 6.
  expect(seen.junkCells).toBeLessThan(90)
  expect(seen.tokensAmidst).toEqual([200, 200, 200, 200])
  expect([seen.openAfter, seen.openAtLast, seen.tokenAtLast]).toEqual([200, 507, 200])
  expect(seen.bytes).toBeLessThan(MAX_BYTES + 20_000_000)
  expect(seen.peakBytes).toBeLessThan(400_000_000)
})
