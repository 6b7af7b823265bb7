import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from "node:crypto"
import { aeadSelfTest, isStrictPoint, nobleAead, type Primitives } from "@govah/core/primitives"
import { opensslAead } from "./openssl-aead.ts"

// DER headers (RFC 8410) in front of a raw Ed25519 seed and a raw public key.
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex")
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex")

/** Primitives over OpenSSL, as Node carries it. */
export const nodePrimitives: Primitives = {
  random: (byteLength) => new Uint8Array(randomBytes(byteLength)),
  sha256: (bytes) => new Uint8Array(hash("sha256", bytes, "buffer")),
  hasher: () => {
    const state = createHash("sha256")
    return { update: (bytes) => void state.update(bytes), digest: () => new Uint8Array(state.digest()) }
  },
  ...(aeadSelfTest(opensslAead) === true ? opensslAead : nobleAead),
  publicKey: (seed) => {
    const jwk = createPublicKey(privateKey(seed)).export({ format: "jwk" })
    return new Uint8Array(Buffer.from(jwk.x as string, "base64url"))
  },
  sign: (seed, message) => new Uint8Array(sign(null, message, privateKey(seed))),
  verify: (publicKey, message, signature) => {
    // OpenSSL takes points of small order and second spellings; what is left it verifies as core does.
    if (signature.length !== 64 || !isStrictPoint(publicKey)) return false
    if (!isStrictPoint(signature.subarray(0, 32))) return false
    try {
      const key = createPublicKey({
        key: Buffer.concat([SPKI_PREFIX, publicKey]),
        format: "der",
        type: "spki",
      })
      return verify(null, message, key, signature)
    } catch {
      return false
    }
  },
}

function privateKey(seed: Uint8Array): KeyObject {
  // OpenSSL would quietly use the first 32 bytes of a longer one.
  if (seed.length !== 32) throw new RangeError(`a seed has 32 bytes, not ${seed.length}`)
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: "der", type: "pkcs8" })
}
