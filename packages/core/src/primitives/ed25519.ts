import { ed25519 } from "@noble/curves/ed25519.js"
import { bytesToNumberLE } from "@noble/curves/utils.js"
import { sha512 } from "@noble/hashes/sha2.js"
import { concatBytes, equalBytes, toHex } from "../bytes/index.ts"

const { Point } = ed25519
const ORDER = Point.Fn.ORDER

/**
 * Verifies an Ed25519 signature by the rule of the Web Cryptography API: key and R pass {@link isStrictPoint}, S is below
 * the group order, and the encoding of S·B − k·A is R, byte for byte. Source: `spec/signed-line.md`.
 *
 * Why not the library's own verify: with or without ZIP 215 it multiplies by the cofactor, OpenSSL and BoringSSL do
 * not, and a signer could make one report that a page accepts and a desk refuses.
 *
 * @returns false for any malformed input.
 */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const r = signature.subarray(0, 32)
  if (signature.length !== 64 || !isStrictPoint(publicKey) || !isStrictPoint(r)) return false
  const s = bytesToNumberLE(signature.subarray(32))
  if (s >= ORDER) return false
  try {
    const key = Point.fromBytes(publicKey)
    const k = bytesToNumberLE(sha512(concatBytes(r, publicKey, message))) % ORDER
    const expected = Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(k))
    return equalBytes(expected.toBytes(), r)
  } catch {
    return false
  }
}

// y of the eight points of small order, little-endian, sign bit cleared. A key among them verifies many messages, or
// all, under one signature. The two of order 8 as in libsodium's `ed25519_ref10.c`.
const SMALL_ORDER_Y: ReadonlySet<string> = new Set([
  "00".repeat(32),
  `01${"00".repeat(31)}`,
  `ec${"ff".repeat(30)}7f`,
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
])

/**
 * Whether an encoded point (a public key, or the R of a signature) is one that every verifier reads alike: 32 bytes,
 * y below 2^255 - 19, not of small order. Whether a point has that y is left to the verification itself.
 */
export function isStrictPoint(encoded: Uint8Array): boolean {
  if (encoded.length !== 32) return false
  const y = encoded.slice()
  y[31] = (y[31] as number) & 0x7f
  const belowPrime =
    y[31] !== 0x7f || y.subarray(1, 31).some((byte) => byte !== 0xff) || (y[0] as number) < 0xed
  return belowPrime && !SMALL_ORDER_Y.has(toHex(y))
}
