import { concatBytes, equalBytes, fromHex } from "../bytes/index.ts"

/** Bytes of a token key. */
export const TOKEN_KEY_BYTES = 346

/** RSA of 2048 bits, with the exponent 65537. */
const MODULUS_BYTES = 256

// RFC 9578 section 6.5: SubjectPublicKeyInfo with id-RSASSA-PSS, SHA-384, MGF1 with SHA-384 and 48 bytes of salt; then
// the RSA key as a bit string.
const HEAD = fromHex(
  "30820156304106092a864886f70d01010a3034a00f300d06096086480165030402020500a11c301a06092a864886f70d010108300d06096086480165030402020500a2030201300382010f003082010a0282010100",
) as Uint8Array
const EXPONENT = fromHex("0203010001") as Uint8Array

/** A token key as a relay publishes it. @param modulus - 256 bytes, the highest bit set. */
export function encodeTokenKey(modulus: Uint8Array): Uint8Array {
  return concatBytes(HEAD, modulus, EXPONENT)
}

/** The modulus of a token key, or null for anything else: one spelling, one size. @param received - attacker-controlled. */
export function parseTokenKey(received: Uint8Array): Uint8Array | null {
  const modulus = received.slice(HEAD.length, HEAD.length + MODULUS_BYTES)
  if (modulus.length !== MODULUS_BYTES || ((modulus[0] as number) & 0x80) === 0) return null
  // An even number is no product of two odd primes.
  if (((modulus[MODULUS_BYTES - 1] as number) & 1) === 0) return null
  return equalBytes(received, encodeTokenKey(modulus)) ? modulus : null
}
