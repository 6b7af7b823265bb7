import { readFileSync } from "node:fs"
import fc from "fast-check"
import { expect, test } from "vitest"
import { cardFromBytes, cardToBytes, invitationFromBytes, invitationToBytes } from "./index.ts"

interface Case {
  readonly name: string
  readonly expect: string
  readonly text: string
}
function casesOf(name: string): readonly Case[] {
  const url = new URL(`../../../../vectors/${name}.json`, import.meta.url)
  return (JSON.parse(readFileSync(url, "utf8")) as { cases: Case[] }).cases
}

test("every good card and invitation comes back from its bytes, a quarter shorter", () => {
  for (const [name, to, from] of [
    ["card", cardToBytes, cardFromBytes],
    ["invitation", invitationToBytes, invitationFromBytes],
  ] as const) {
    const good = casesOf(name)
      .filter(({ expect, text }) => expect === "accept" && /^govah-\S+$/.test(text))
      .map(({ text }) => text)
    expect(good.length).toBeGreaterThan(0)
    for (const text of good) {
      const bytes = to(text) as Uint8Array
      expect(bytes.length).toBeLessThan(text.length * 0.78)
      expect(from(bytes)).toBe(text)
    }
  }
})

test("any bytes give null, or a text that spells them and no others", () => {
  const near = fc
    .tuple(fc.nat(600), fc.integer({ min: 0, max: 4 }), fc.integer({ min: -1, max: 1 }))
    .map(([head, keys, more]) => {
      const bytes = new Uint8Array(Math.max(0, 2 + head + keys * 1_216 + 64 + more))
      bytes.set([head >> 8, head & 255].slice(0, bytes.length))
      return bytes
    })
  fc.assert(
    fc.property(fc.oneof(near, fc.uint8Array({ maxLength: 3_000 })), (bytes) => {
      const text = cardFromBytes(bytes)
      if (text !== null) expect(cardToBytes(text)).toEqual(bytes)
      const invitation = invitationFromBytes(bytes)
      if (invitation !== null) expect(invitationToBytes(invitation)).toEqual(bytes)
    }),
  )
})

test.each([
  "",
  "govah-card-1",
  "govah-card-1...",
  "govah-card-2.e30.e30.e30",
  "govah-invitation-1.x.y.z",
  "x".repeat(9_999),
])("%s is neither", (text) => {
  expect(cardToBytes(text)).toBeNull()
  expect(invitationToBytes(text)).toBeNull()
})
