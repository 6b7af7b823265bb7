import { createHash } from "node:crypto"
import { inflateSync } from "node:zlib"
import { nodePrimitives as node } from "@govah/node"
import { Decrypter } from "age-encryption"
import * as kit from "cctv-age"
import { expect, test } from "vitest"
import { concatBytes } from "../bytes/index.ts"
import { ageFileKey, openPayload } from "../open/index.ts"
import { plaintextBytes } from "../parcel/index.ts"
import { noblePrimitives, type Primitives, webAead } from "../primitives/index.ts"

// The age test kit of C2SP (CCTV): what every reader of age files must open and refuse. Our reader is for root cells
// and payloads and takes a subset of age on purpose.

interface Vector {
  readonly name: string
  readonly file: Uint8Array
  readonly expect: string
  /** SHA-256 of the plaintext, or of what may come out before a bad chunk. */
  readonly payload: string | undefined
  readonly identities: readonly string[]
  readonly passphrase: string | undefined
  readonly armored: boolean
}

/** What the kit opens and we refuse, and why. */
const REFUSED_ON_PURPOSE: readonly (readonly [RegExp, string])[] = [
  [/^armor/, "a cell is binary"],
  [/^scrypt/, "a root is sealed to keys, never to a passphrase"],
  [/^hybrid_and_x25519$/, "a header of two kinds is as weak as the weaker"],
  [
    /^(?:hybrid|x25519)_grease$|^stanza_/,
    "a root names its recipients and its forget stanza, and nothing else",
  ],
]

/** The kit counts the nonce to the header; for us it begins the payload. */
const NO_NONCE = /^stream_(?:no|short)_nonce$/

/** SHA-256 of the first 64 KiB of plaintext, which all long vectors of the kit share. */
const FIRST_CHUNK = "a68cb6fa0b2e2a8d1abd54fcb26ff31fe16166ed38688bffa681e617813b781a"

const vectors = Object.entries(kit as unknown as Record<string, Uint8Array>)
  .filter(([name]) => name !== "default" && name !== "module.exports")
  .map(([name, bytes]) => parseVector(name, bytes))
const binary = vectors.filter(({ armored }) => !armored)
const plain: Primitives = noblePrimitives((byteLength) => node.random(byteLength))
const ciphers: readonly (readonly [string, Primitives])[] = [
  ["noble", plain],
  ["node", node],
  ["WebCrypto", { ...plain, ...webAead(crypto.subtle) }],
]

test("the kit is whole", () => {
  expect(vectors).toHaveLength(143)
  expect(vectors.filter((vector) => vector.expect === "success")).toHaveLength(26)
})

test.each(binary)("$name: our header reading ($expect)", async (vector) => {
  const outcome = await ageFileKey(vector.file, vector.identities).then(
    (key) => (key === null ? "not ours" : "ours"),
    (error: { code?: string }) => String(error.code),
  )
  const refused = REFUSED_ON_PURPOSE.some(([pattern]) => pattern.test(vector.name))
  if (vector.expect === "success") {
    if (refused) expect(["not ours", "mixed-recipients"]).toContain(outcome)
    else expect(outcome).toBe("ours")
  } else if (vector.expect === "payload failure" || NO_NONCE.test(vector.name)) expect(outcome).toBe("ours")
  else if (vector.expect === "HMAC failure") expect(outcome).toBe("tampered")
  else expect(["not ours", "mixed-recipients", "tampered"]).toContain(outcome)
})

// Payloads of every vector whose header the age library opens, also where our reading of headers is stricter.
const withPayload = binary.filter(
  ({ name, expect: expected }) => /^(?:success|payload failure)$/.test(expected) || NO_NONCE.test(name),
)

test.each(ciphers)("payloads: whole, in pieces and byte by byte, by %s", async (_, primitives) => {
  for (const vector of withPayload) {
    const { fileKey, payload } = await partsOf(vector)
    const sizes = [payload.length, 16_352, 4_099, ...(payload.length < 200_000 ? [1] : [])]
    for (const size of sizes) {
      const { released, code } = await openInPieces(fileKey, payload, size, primitives)
      const what = `${vector.name} in pieces of ${size}`
      if (vector.expect === "success") {
        expect(code, what).toBeNull()
        expect(sha256(released), what).toBe(vector.payload)
      } else {
        expect(code, what).toMatch(/^(?:tampered|truncated)$/)
        // No byte of a bad chunk. Our reader knows the length, so it may stop one chunk before a reader that does not.
        expect([vector.payload, sha256(new Uint8Array(0)), FIRST_CHUNK], what).toContain(sha256(released))
      }
    }
  }
})

function parseVector(name: string, bytes: Uint8Array): Vector {
  const buffer = Buffer.from(bytes)
  const end = buffer.indexOf("\n\n")
  const fields = buffer
    .subarray(0, end)
    .toString()
    .split("\n")
    .map((line) => line.split(": ", 2) as [string, string])
  const field = (wanted: string): string | undefined => fields.find(([key]) => key === wanted)?.[1]
  const rest = buffer.subarray(end + 2)
  return {
    name,
    file: new Uint8Array(field("compressed") === "zlib" ? inflateSync(rest) : rest),
    expect: field("expect") ?? "",
    payload: field("payload"),
    identities: fields.flatMap(([key, value]) => (key === "identity" ? [value] : [])),
    passphrase: field("passphrase"),
    armored: field("armored") !== undefined,
  }
}

function decrypterFor({ identities, passphrase }: Vector): Decrypter {
  const decrypter = new Decrypter()
  if (passphrase !== undefined) decrypter.addPassphrase(passphrase)
  for (const identity of identities) decrypter.addIdentity(identity)
  return decrypter
}

// Passphrases are stretched, on purpose slowly, once for all ciphers.
const parts = new Map<Vector, ReturnType<typeof splitByLibrary>>()

function partsOf(vector: Vector): ReturnType<typeof splitByLibrary> {
  const known = parts.get(vector) ?? splitByLibrary(vector)
  parts.set(vector, known)
  return known
}

async function splitByLibrary(vector: Vector): Promise<{ fileKey: Uint8Array; payload: Uint8Array }> {
  const file = Buffer.from(vector.file)
  const end = file.indexOf("\n", file.indexOf("\n--- ") + 1) + 1
  const fileKey = await decrypterFor(vector).decryptHeader(vector.file.slice(0, end))
  return { fileKey, payload: vector.file.slice(end) }
}

async function openInPieces(
  fileKey: Uint8Array,
  payload: Uint8Array,
  size: number,
  primitives: Primitives,
): Promise<{ released: Uint8Array; code: string | null }> {
  async function* pieces(): AsyncGenerator<Uint8Array, void, void> {
    for (let at = 0; at < payload.length; at += size) yield payload.subarray(at, at + size)
  }
  const released: Uint8Array[] = []
  // No payload has that length: a reader that is told a length finds it truncated.
  const bytes = plaintextBytes(payload.length) ?? payload.length
  try {
    for await (const piece of openPayload(fileKey, bytes, pieces(), primitives)) released.push(piece.slice())
  } catch (error) {
    return { released: concatBytes(...released), code: String((error as { code?: unknown }).code) }
  }
  return { released: concatBytes(...released), code: null }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex")
}
