import { createHash, randomBytes } from "node:crypto"

/** What a client of the relay's tokens keeps between asking and having: RFC 9474 section 4, with plain big integers. */
export interface Blinding {
  readonly blinded: Uint8Array
  readonly inverse: bigint
}

const EXPONENT = 65_537n
const HASH_BYTES = 48
const BYTES = 256

/**
 * Blinds a message for a relay's signature: an implementation of its own, so that the relay is not tested by the library
 * that the desk uses. In no constant time: for tests.
 *
 * @param isBlinded - false: the factor is 1, and what is sent is what is signed.
 */
export function blind(message: Uint8Array, modulus: Uint8Array, isBlinded: boolean): Blinding {
  const n = toNumber(modulus)
  const encoded = toNumber(encodePss(message, randomBytes(HASH_BYTES)))
  const factor = isBlinded ? toNumber(randomBytes(BYTES + 8)) % n : 1n
  return { blinded: toBytes((encoded * power(factor, EXPONENT, n)) % n), inverse: inverseOf(factor, n) }
}

/** The signature that a blind one stands for. */
export function unblind(signature: Uint8Array, { inverse }: Blinding, modulus: Uint8Array): Uint8Array {
  return toBytes((toNumber(signature) * inverse) % toNumber(modulus))
}

/** EMSA-PSS with SHA-384 for 2048 bits: RFC 8017 section 9.1.1. */
function encodePss(message: Uint8Array, salt: Uint8Array): Uint8Array {
  const hash = createHash("sha384").update(new Uint8Array(8)).update(sha384(message)).update(salt).digest()
  const block = Buffer.alloc(BYTES - HASH_BYTES - 1)
  block[block.length - salt.length - 1] = 1
  block.set(salt, block.length - salt.length)
  const mask = mgf1(hash, block.length)
  for (let i = 0; i < block.length; i++) block[i] = (block[i] as number) ^ (mask[i] as number)
  block[0] = (block[0] as number) & 0x7f
  return Buffer.concat([block, hash, Buffer.from([0xbc])])
}

function mgf1(seed: Uint8Array, length: number): Uint8Array {
  const pieces: Buffer[] = []
  for (let i = 0; pieces.length * HASH_BYTES < length; i++) {
    pieces.push(
      createHash("sha384")
        .update(seed)
        .update(Buffer.from([0, 0, 0, i]))
        .digest(),
    )
  }
  return Buffer.concat(pieces).subarray(0, length)
}

function sha384(bytes: Uint8Array): Uint8Array {
  return createHash("sha384").update(bytes).digest()
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString("hex")}`)
}

function toBytes(number: bigint): Uint8Array {
  return new Uint8Array(Buffer.from(number.toString(16).padStart(2 * BYTES, "0"), "hex"))
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

function inverseOf(value: bigint, modulus: bigint): bigint {
  let [r0, r1, t0, t1] = [modulus, value % modulus, 0n, 1n]
  while (r1 !== 0n) {
    const quotient = r0 / r1
    ;[r0, r1] = [r1, r0 - quotient * r1]
    ;[t0, t1] = [t1, t0 - quotient * t1]
  }
  return ((t0 % modulus) + modulus) % modulus
}
