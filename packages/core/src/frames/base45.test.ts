import fc from "fast-check"
import { expect, test } from "vitest"
import { utf8Bytes } from "../bytes/index.ts"
import { fromBase45, toBase45 } from "./base45.ts"
import { crc32 } from "./crc32.ts"

// RFC 9285, sections 4.3 and 4.4.
test.each([
  ["AB", "BB8"],
  ["Hello!!", "%69 VD92EX0"],
  ["base-45", "UJCLQE7W581"],
  ["ietf!", "QED8WEX0"],
])("RFC 9285: %s is %s", (text, encoded) => {
  expect(toBase45(utf8Bytes(text))).toBe(encoded)
  expect(fromBase45(encoded)).toEqual(utf8Bytes(text))
})

test.each(["GGW", ":::", "A", "ABCD", "::", "V5", "bb8", "BB8\n", "é00", "00", "FGW"])(
  "%s: bytes, or null, and never a second spelling",
  (text) => {
    const bytes = fromBase45(text)
    if (["00", "FGW"].includes(text)) expect(toBase45(bytes as Uint8Array)).toBe(text)
    else expect(bytes).toBeNull()
  },
)

test("every byte string comes back, and every text that is read is written the same", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (b) => {
      expect(fromBase45(toBase45(b))).toEqual(b)
    }),
  )
  const near = fc.stringMatching(/^[0-9A-Z $%*+./:-]{0,40}$/)
  fc.assert(
    fc.property(fc.oneof(near, fc.string()), (text) => {
      const bytes = fromBase45(text)
      if (bytes !== null) expect(toBase45(bytes)).toBe(text)
    }),
  )
})

test("the checksum is that of the standard", () => {
  expect(crc32(utf8Bytes("123456789"))).toBe(0xcbf43926)
  expect(crc32(new Uint8Array())).toBe(0)
})
