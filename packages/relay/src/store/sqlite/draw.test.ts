import { randomBytes } from "node:crypto"
import { expect, test } from "vitest"
import { createDraw, drawOut, putAnywhere } from "./draw.ts"

const draw = createDraw((bytes) => new Uint8Array(randomBytes(bytes)))

test("Every number below the bound is drawn about as often as any other", () => {
  const counts = Array.from({ length: 7 }, () => 0)
  for (let i = 0; i < 70_000; i++) {
    const drawn = draw(7)
    counts[drawn] = (counts[drawn] as number) + 1
  }
  // Six standard deviations.
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(560)
})

test("What was drawn is overwritten before the next is", () => {
  const pools: Uint8Array[] = []
  const own = createDraw((bytes) => {
    const pool = new Uint8Array(bytes).fill(255)
    pools.push(pool)
    return pool
  })
  for (let i = 0; i < 3; i++) own(10)
  expect([...(pools[0] as Uint8Array).subarray(0, 19)]).toEqual([...Array.from({ length: 18 }, () => 0), 255])
})

test("A list that is drawn from loses each once, and one that is added to keeps all", () => {
  const all = Array.from({ length: 500 }, (_, i) => i)
  const list: number[] = []
  for (const one of all) putAnywhere(list, one, draw)
  expect(list).not.toEqual(all)
  const drawn = all.map(() => drawOut(list, draw))
  expect(drawn.toSorted((a, b) => a - b)).toEqual(all)
  expect(list).toEqual([])
})
