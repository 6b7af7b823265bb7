import { gatherBytes } from "../../packages/core/src/bytes/index.ts"
import { sealPayload } from "../../packages/core/src/seal/index.ts"
import { base64, hex, key, seeded, sha256, SOURCE, stream, type Vectors } from "./seeded.ts"

const p = seeded("payload")
const fileKey = key("file").subarray(0, 16)
const plain = (bytes: number): Uint8Array => stream("plaintext")(bytes)

async function sealed(bytes: number): Promise<Uint8Array> {
  return await gatherBytes(sealPayload(fileKey, [plain(bytes)], p))
}

const sizes = [0, 1, 100, 65_536, 65_537]
const payloads = Object.fromEntries(
  await Promise.all(sizes.map(async (bytes) => [`${bytes}`, base64(await sealed(bytes))])),
)

/** An age writer that closes a full last chunk with an empty one: forbidden by the age format. */
async function withEmptyLast(): Promise<Uint8Array> {
  const long = await sealed(65_537)
  const nonce = long.subarray(0, 16)
  const { payloadKey, chunkNonce } = await import("../../packages/core/src/parcel/index.ts")
  const last = await p.aeadSeal(payloadKey(fileKey, nonce), chunkNonce(1, true), new Uint8Array(0))
  return Buffer.concat([long.subarray(0, 16 + 65_552), last])
}
payloads["65536 and an empty chunk"] = base64(await withEmptyLast())

type Edit = { readonly [edit: string]: unknown }
const accept = (name: string, of: number, edits: readonly Edit[] = []) => ({
  name,
  expect: "accept",
  payload: `${of}`,
  edits,
  plaintextBytes: of,
  sha256: sha256(plain(of)),
})
const reject = (
  code: string,
  name: string,
  payload: string | number,
  edits: readonly Edit[],
  plaintextBytes = Number(payload),
) => ({
  name,
  expect: `reject:${code}`,
  payload: `${payload}`,
  edits,
  plaintextBytes,
})
const CHUNK = 65_552

export const payload: Vectors = {
  source: SOURCE,
  spec: "spec/payload.md",
  note: "Edits are made one after another on the bytes: xor {at, with (hex)}; cut {to: length}; append {hex}; remove {at, length}; move {from, length, to}. A payload is read with the true length (plaintextBytes) from a root.",
  fileKey: hex(fileKey),
  payloads,
  cases: [
    ...sizes.map((bytes) => accept(`${bytes} bytes`, bytes)),
    accept("what follows the payload is filler", 100, [{ append: "00ff00ff" }]),
    accept("filler that looks like a chunk", 65_536, [{ append: "00".repeat(32) }]),
    reject("tampered", "a bit of the nonce", 100, [{ xor: { at: 0, with: "01" } }]),
    reject("tampered", "a bit of the text", 100, [{ xor: { at: 50, with: "80" } }]),
    reject("tampered", "a bit of the tag", 100, [{ xor: { at: 131, with: "01" } }]),
    reject("tampered", "a bit of the tag of nothing", 0, [{ xor: { at: 16, with: "01" } }]),
    reject("tampered", "a bit of the first of two chunks", 65_537, [{ xor: { at: 16, with: "01" } }]),
    reject("tampered", "a bit of the second of two chunks", 65_537, [
      { xor: { at: 16 + CHUNK, with: "01" } },
    ]),
    reject("tampered", "the first chunk given as the last", 65_537, [{ cut: { to: 16 + CHUNK } }], 65_536),
    reject("tampered", "the last chunk alone", 65_537, [{ remove: { at: 16, length: CHUNK } }], 1),
    reject("tampered", "a shorter length than the true one", 100, [], 99),
    reject("tampered", "chunks in another order", 65_537, [
      { move: { from: 16 + CHUNK, length: 17, to: 16 } },
    ]),
    reject("tampered", "a full chunk and then an empty one", "65536 and an empty chunk", [], 65_536),
    reject("tampered", "a byte lost in the middle, and one more at the end", 100, [
      { remove: { at: 40, length: 1 } },
      { append: "00" },
    ]),
    reject("truncated", "nothing", 0, [{ cut: { to: 0 } }]),
    reject("truncated", "half a nonce", 0, [{ cut: { to: 8 } }]),
    reject("truncated", "a nonce alone", 0, [{ cut: { to: 16 } }]),
    reject("truncated", "one byte short", 100, [{ cut: { to: 131 } }]),
    reject("truncated", "the last of two chunks lost", 65_537, [{ cut: { to: 16 + CHUNK } }]),
    reject("truncated", "a longer length than the true one", 100, [], 101),
    reject("truncated", "a length of 16 GiB", 100, [], 17_179_869_184),
  ],
}
