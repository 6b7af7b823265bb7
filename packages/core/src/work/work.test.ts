import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { expect, test } from "vitest"
import { formatWork, isPaid, parseWork, searchWork } from "./index.ts"

const bytes = (byteLength: number) => fc.uint8Array({ minLength: byteLength, maxLength: byteLength })
const target = fc.record({ relay: bytes(16), day: fc.nat({ max: 9_999_999 }) })

test("what the search finds pays for its own cell, relay and day, and for no other", async () => {
  const bits = 9
  let others = 0
  await fc.assert(
    fc.asyncProperty(target, bytes(32), bytes(32), async (at, id, otherId) => {
      const nonce = searchWork(at, id, bits).step(100_000) as Uint8Array
      expect(await isPaid(at, id, nonce, bits, p)).toBe(true)
      const elsewhere = { ...at, relay: at.relay.map((byte) => byte ^ 1) }
      const otherDay = { ...at, day: at.day + 1 }
      for (const [t, i] of [[elsewhere, id] as const, [otherDay, id] as const, [at, otherId] as const]) {
        if (await isPaid(t, i, nonce, bits, p)) others++
      }
    }),
    { numRuns: 100 },
  )
  // One in 512 fits by chance.
  expect(others).toBeLessThan(10)
})

test("a search that is interrupted goes on where it was", () => {
  const at = { relay: new Uint8Array(16), day: 20_000 }
  const whole = searchWork(at, new Uint8Array(32), 10).step(1_000_000)
  const sliced = searchWork(at, new Uint8Array(32), 10)
  let found: Uint8Array | null = null
  let slices = 0
  for (; found === null; slices++) found = sliced.step(7)
  expect(found).toEqual(whole)
  expect(slices).toBeGreaterThan(1)
  expect(sliced.step(1)).toEqual(whole)
})

test("each bit more doubles the tries", () => {
  const tries = (bits: number): number => {
    let sum = 0
    for (let i = 0; i < 400; i++) {
      const found = searchWork({ relay: new Uint8Array(16), day: i }, new Uint8Array(32), bits).step(1e6)
      sum += new DataView((found as Uint8Array).buffer).getUint32(4) + 1
    }
    return sum / 400
  }
  for (const bits of [0, 3, 6, 8]) {
    expect(tries(bits) / 2 ** bits).toBeGreaterThan(0.8)
    expect(tries(bits) / 2 ** bits).toBeLessThan(1.25)
  }
})

test("a header of work is read as it was written", () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 9_999_999 }),
      fc.array(bytes(8), { minLength: 1, maxLength: 64 }),
      (day, nonces) => {
        const text = formatWork({ day, nonces })
        expect(parseWork(text)).toEqual({ day, nonces })
        for (const other of [`0${text}`, `${text}=`, `${text}AA`, text.slice(1), ` ${text}`]) {
          const read = parseWork(other)
          if (read !== null) expect(formatWork(read)).toBe(other)
        }
      },
    ),
  )
})
