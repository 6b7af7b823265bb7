import { formatToken, type Token } from "@govah/core/token"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { crashingDrawer } from "../testing/crashing-drawer.ts"
import { locked } from "../testing/locked.ts"
import { openPurse } from "./index.ts"

const key = p.random(32)
const token = (of: Uint8Array = key): Token => ({
  nonce: p.random(32),
  challenge: p.random(32),
  key: of,
  signature: p.random(256),
})

test("each token is taken once, for its own key alone", async () => {
  const drawer = crashingDrawer(0, false)
  const other = token(p.random(32))
  const mine = [token(), token(), token()]
  expect(await openPurse(locked(drawer, p)).add([...mine, other, ...mine])).toBe(4)
  expect(await openPurse(locked(drawer, p)).add(mine)).toBe(0)
  const purse = openPurse(locked(drawer, p))
  const taken = await Promise.all([1, 2, 3, 4].map(() => purse.take([p.random(32), key])))
  expect(taken.map((one) => (one === null ? "" : formatToken(one))).sort()).toEqual(
    ["", ...mine.map(formatToken)].sort(),
  )
  expect(await openPurse(locked(drawer, p)).take([key])).toBeNull()
  expect(await purse.take([other.key])).toEqual(other)
})

test("a token that was taken is not there after a power cut, whenever it comes", async () => {
  const base = crashingDrawer(0, false)
  await openPurse(locked(base, p)).add([token(), token()])
  const before = base.calls
  for (let failAt = before + 1; failAt < before + 8; failAt++) {
    const drawer = crashingDrawer(failAt, true)
    const purse = openPurse(locked(drawer, p))
    const given: string[] = []
    try {
      await purse.add([token(), token()])
      for (;;) {
        const taken = await purse.take([key])
        if (taken === null) break
        given.push(formatToken(taken))
      }
    } catch {
      // The disk is gone.
    }
    const after = openPurse(locked(drawer.afterCrash(Math.random), p))
    for (;;) {
      const left = await after.take([key])
      if (left === null) break
      expect(given).not.toContain(formatToken(left))
    }
  }
})
