import {
  constants,
  createHash,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  verify,
} from "node:crypto"
import { BLINDED_BYTES, encodeTokenKey, tokenInput } from "@govah/core/token"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { makeTokens, type TokenIssuer } from "./make-tokens.ts"

interface RelayKey {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly bytes: Uint8Array
  readonly id: Uint8Array
}

function relayKey(): RelayKey {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
  const bytes = encodeTokenKey(Buffer.from(publicKey.export({ format: "jwk" }).n as string, "base64url"))
  return { privateKey, publicKey, bytes, id: createHash("sha256").update(bytes).digest() }
}

// A key signs only what is below its own modulus: the one of everybody is the smaller.
const [everybodys, other] = [relayKey(), relayKey()].toSorted((a, b) => Buffer.compare(a.bytes, b.bytes)) as [
  RelayKey,
  RelayKey,
]

/** A relay that names, shows and signs with keys of its choice. */
function issuer({
  named = everybodys,
  shown = everybodys,
  signing = everybodys,
} = {}): TokenIssuer & { asked: number } {
  const made = {
    asked: 0,
    price: async () => ({
      bits: 12,
      day: 20_000,
      relay: new Uint8Array(16),
      tokenKeys: [new Uint8Array(named.id)],
    }),
    key: async () => shown.bytes,
    sign: async (request: Uint8Array, count: number) => {
      made.asked++
      const signatures = Array.from({ length: count }, (_, i) => {
        const at = 32 + i * BLINDED_BYTES
        const blinded = request.subarray(at, at + BLINDED_BYTES)
        return privateDecrypt({ key: signing.privateKey, padding: constants.RSA_NO_PADDING }, blinded)
      })
      return new Uint8Array(Buffer.concat(signatures))
    },
  }
  return made
}

test("tokens are signed by the key that is named to everybody, each another", async () => {
  const relay = issuer()
  const tokens = await makeTokens(relay, 3, p)
  expect(relay.asked).toBe(1)
  expect(new Set(tokens.map(({ nonce }) => Buffer.from(nonce).toString("hex"))).size).toBe(3)
  const key = { key: everybodys.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }
  expect(tokens.every((token) => verify("sha384", tokenInput(token), key, token.signature))).toBe(true)
})

test("a key for this desk alone is refused before anything is asked for", async () => {
  const relay = issuer({ shown: other, signing: other })
  await expect(makeTokens(relay, 1, p)).rejects.toMatchObject({ code: "relay-failed" })
  expect(relay.asked).toBe(0)
})

test("signatures of another key make no token", async () => {
  await expect(makeTokens(issuer({ signing: other }), 1, p)).rejects.toMatchObject({ code: "relay-failed" })
})
