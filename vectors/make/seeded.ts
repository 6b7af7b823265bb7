import { createHash } from "node:crypto"
import { bech32 } from "@scure/base"
import { identityToRecipient } from "age-encryption"
import type { Primitives } from "@govah/core/primitives"
import { nodePrimitives } from "@govah/node"

/** A stream of bytes that is the same in every run: SHA-256 of a label and a counter. */
export function stream(label: string): (byteLength: number) => Uint8Array {
  let counter = 0
  return (byteLength) => {
    const parts: Buffer[] = []
    for (let length = 0; length < byteLength; length += 32) {
      parts.push(createHash("sha256").update(`govah vectors ${label} ${counter++}`).digest())
    }
    return new Uint8Array(Buffer.concat(parts).subarray(0, byteLength))
  }
}

/** Node's primitives with chosen randomness; the age library's randomness is chosen with it. */
export function seeded(label: string): Primitives {
  const random = stream(label)
  Object.defineProperty(globalThis.crypto, "getRandomValues", {
    configurable: true,
    value: (array: Uint8Array) => {
      array.set(random(array.length))
      return array
    },
  })
  return { ...nodePrimitives, random }
}

/** 32 bytes, for a key or a secret. */
export function key(label: string): Uint8Array {
  return stream(`key ${label}`)(32)
}

function identity(prefix: string, label: string): string {
  return bech32.encode(prefix, bech32.toWords(key(label)), false).toUpperCase()
}

export const x25519Identity: string = identity("age-secret-key-", "x25519")
export const hybridIdentity: string = identity("age-secret-key-pq-", "hybrid")
export const otherIdentity: string = identity("age-secret-key-", "other")
export const x25519Recipient: string = await identityToRecipient(x25519Identity)
export const hybridRecipient: string = await identityToRecipient(hybridIdentity)

export const deskSeed: Uint8Array = key("desk")
export const unitSeed: Uint8Array = key("unit")

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64")
export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url")
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")
export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")
/** The verify key of a seed, base64url. */
export async function publicKeyOf(seed: Uint8Array): Promise<string> {
  return base64url(await nodePrimitives.publicKey(seed))
}
export const deskKey: string = base64url(await nodePrimitives.publicKey(deskSeed))
export const unitKey: string = base64url(await nodePrimitives.publicKey(unitSeed))

/** A vector file. */
export interface Vectors {
  readonly source: string
  readonly spec: string
  readonly cases: readonly {
    readonly name: string
    readonly expect: string
    readonly [field: string]: unknown
  }[]
  readonly [field: string]: unknown
}

export const SOURCE = "Made for this project by vectors/make; keys and randomness are chosen and worthless."
