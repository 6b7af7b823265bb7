import fc from "fast-check"
import { expect, test } from "vitest"
import { type Call, encodeBulletin, encodeCall, openBulletin, openCall } from "./index.ts"

const bulletin = {
  v: 1,
  day: "2026-03-01",
  language: "fa",
  title: "خبر",
  words: "راه شمال بسته است.\nراه دیگر باز است.",
} as const
const call: Call = {
  v: 1,
  campaign: "Lights",
  action: "vigil",
  language: "en",
  title: "A light in the window",
  words: "At eight in the evening.",
  from: "2026-03-01",
  to: null,
  places: ["Zahedan"],
  material: { type: "image/png", bytes: 3_000 },
}
const material = new Uint8Array(3_000).fill(7)

test("a bulletin and a call come back as they were, in a length that is a class", () => {
  expect(openBulletin(encodeBulletin(bulletin))).toEqual(bulletin)
  expect(encodeBulletin(bulletin).length).toBe(1_024)
  expect(openCall(encodeCall({ call, material }))).toEqual({ call, material })
  expect(encodeCall({ call, material }).length).toBe(4_096)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_000 }), (length) => {
      const said = { ...bulletin, words: "x".repeat(length) }
      const bytes = encodeBulletin(said)
      expect(Number.isInteger(Math.log2(bytes.length))).toBe(true)
      expect(openBulletin(bytes)).toEqual(said)
    }),
    { numRuns: 50 },
  )
})

test("only the peaceful kinds of the one list can be called for, and only materials that do not run", () => {
  for (const change of [
    { action: "arson" },
    { action: "Vigil" },
    { material: { type: "image/svg+xml", bytes: 3_000 } },
    { material: { type: "application/pdf", bytes: 3_000 } },
    { material: null },
    { material: { type: "image/png", bytes: 2_999 } },
    { to: "2026-02-28" },
    { words: "\u001b[2J" },
    { places: Array.from({ length: 33 }, () => "x") },
  ]) {
    expect(
      () => encodeCall({ call: { ...call, ...change } as Call, material }),
      JSON.stringify(change),
    ).toThrow(expect.objectContaining({ name: "BulletinError", code: "malformed" }))
  }
})

test("a call with its materials has 64 KiB at most", () => {
  const most = { ...call, material: { type: "image/png" as const, bytes: 65_000 } }
  expect(encodeCall({ call: most, material: new Uint8Array(65_000) }).length).toBe(65_536)
  const more = { ...call, material: { type: "image/png" as const, bytes: 65_500 } }
  expect(() => encodeCall({ call: more, material: new Uint8Array(65_500) })).toThrow(
    expect.objectContaining({ code: "too-long" }),
  )
})

test("padding that is not zeros, a longer class than needed, and what is no document are refused", () => {
  const good = encodeBulletin(bulletin)
  const inPadding = good.slice()
  inPadding[1_023] = 1
  const longer = new Uint8Array(2_048)
  longer.set(good)
  for (const received of [
    inPadding,
    longer,
    new Uint8Array(1_024),
    new Uint8Array(0),
    good.subarray(0, 40),
  ]) {
    expect(() => openBulletin(received)).toThrow(expect.objectContaining({ code: "malformed" }))
    expect(() => openCall(received)).toThrow(expect.objectContaining({ code: "malformed" }))
  }
  expect(() => openBulletin(new Uint8Array(65_536))).toThrow(expect.objectContaining({ code: "too-long" }))
  expect(() => openCall(new Uint8Array(131_072))).toThrow(expect.objectContaining({ code: "too-long" }))
})
