import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { expect, test } from "vitest"
import { fromBase64Url, toBase64Url, toHex } from "../bytes/index.ts"
import { encodeReceiptSet, MIN_RECEIPTS, RECEIPT_TAG_BYTES, receiptSetHas, receiptTag } from "./index.ts"

const secrets = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 200 })

test("each phone knows its own receipt, and none another's", () => {
  fc.assert(
    fc.property(secrets, fc.uint8Array({ minLength: 32, maxLength: 32 }), (all, outsider) => {
      const tags = all.map((secret) => receiptTag(secret, "arrived"))
      const set = encodeReceiptSet(tags, (byteLength) => p.random(byteLength))
      for (const tag of tags) expect(receiptSetHas(set, tag)).toBe(true)
      const used = all.map((secret) => receiptTag(secret, "used"))
      for (const tag of used) expect(receiptSetHas(set, tag)).toBe(false)
      const known = all.some((secret) => toHex(secret) === toHex(outsider))
      expect(receiptSetHas(set, receiptTag(outsider, "arrived"))).toBe(known)
      // Only the size class shows, and the order says nothing about who came first.
      const bytes = fromBase64Url(set) as Uint8Array
      const count = bytes.length / RECEIPT_TAG_BYTES
      expect(count).toBeGreaterThanOrEqual(MIN_RECEIPTS)
      expect(Number.isInteger(Math.log2(count))).toBe(true)
      const rows = toHex(bytes).match(/.{16}/g) as string[]
      expect(rows).toEqual([...new Set(rows)].sort())
    }),
    { numRuns: 200 },
  )
})

test("a tag is found in its place alone", () => {
  const tags = Array.from({ length: 64 }, () => p.random(RECEIPT_TAG_BYTES))
  const set = encodeReceiptSet(tags, (byteLength) => p.random(byteLength))
  const bytes = fromBase64Url(set) as Uint8Array
  for (let at = 1; at < RECEIPT_TAG_BYTES; at++) {
    expect(receiptSetHas(set, bytes.slice(at, at + RECEIPT_TAG_BYTES))).toBe(false)
  }
})

test("what is no set names nothing", () => {
  const tag = p.random(RECEIPT_TAG_BYTES)
  const set = toBase64Url(tag)
  expect(receiptSetHas(set, tag)).toBe(true)
  for (const broken of ["", `${set}=`, `${set}A`, set.slice(1), `${set} `, "*"]) {
    expect(receiptSetHas(broken, tag), broken).toBe(false)
  }
})
