import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chacha20poly1305 } from "@noble/ciphers/chacha.js"
import { x25519 } from "@noble/curves/ed25519.js"
import { hkdf } from "@noble/hashes/hkdf.js"
import { hmac } from "@noble/hashes/hmac.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { bech32 } from "@scure/base"
import {
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
  Stanza,
} from "age-encryption"
import { afterAll, beforeAll, expect, test } from "vitest"
import { nodePrimitives as p } from "@govah/node"
import {
  canonicalJson,
  concatBytes,
  fromBase64Url,
  gatherBytes,
  toBase64NoPad,
  toBase64Url,
  utf8Bytes,
  utf8Text,
} from "./bytes/index.ts"
import { CELL_BYTES, COMMITMENT_BYTES, type CellId } from "./cell/index.ts"
import { ageFileKey, openBody, openPayload, openRoot } from "./open/index.ts"
import { type Attachment, payloadBytes, parseCellList, sliceFileKey } from "./parcel/index.ts"
import type { Report } from "./report/index.ts"
import { type SealedCell, type SealedParcel, sealParcel } from "./seal/index.ts"
import { parseSignedLine } from "./signed/index.ts"

// Whoever has Debian's age, a key and the cells needs nothing of ours to read a parcel.

const report: Report = {
  type: "observation",
  language: "fa",
  text: "تیراندازی نزدیک مرز",
  place: null,
  period: null,
  basis: "saw",
  claims: [],
  action: null,
  consent: { publish: "words", notBefore: null },
}
const desk = toBase64Url(p.random(32))
const photo = p.random(200_000 - 7)
const folder = mkdtempSync(join(tmpdir(), "govah-interop-"))
afterAll(() => rmSync(folder, { recursive: true }))

beforeAll(() => {
  const found = spawnSync("age", ["--version"])
  if (found.error !== undefined) {
    throw new Error(
      "this test needs the age program, and it is not here: install it with `apt-get install age`",
    )
  }
})

interface Parcel {
  readonly cells: ReadonlyMap<CellId, Uint8Array>
  readonly root: Uint8Array
}

async function seal(recipients: readonly string[]): Promise<Parcel> {
  const cells = new Map<CellId, Uint8Array>()
  const parcel = sealParcel(
    {
      report,
      attachments: [{ type: "image/jpeg", open: () => [photo] }],
      recipients,
      rules: { interopX25519: true },
      desk,
      sender: { seed: p.random(32), invitation: null },
    },
    p,
  )
  for (;;) {
    const next: IteratorResult<SealedCell, SealedParcel> = await parcel.next()
    if (next.done === true) return { cells, root: cells.get(next.value.rootId) as Uint8Array }
    cells.set(next.value.id, next.value.bytes.slice())
  }
}

/** The photo's entry in the parcel and its payload, glued from its cells as they came. */
async function photoOf(
  parcel: Parcel,
  identity: string,
): Promise<{ attachment: Attachment; payload: Uint8Array }> {
  const root = await openRoot(parcel.root, [identity], desk, p)
  const body = root && (await openBody(root, (id) => parcel.cells.get(id) ?? null, p))
  if (body?.state !== "whole") throw new Error("the parcel does not open")
  const attachment = body.body.attachments[0] as Attachment
  const ids = parseCellList(attachment.cells) ?? []
  const bodies = ids.map((id) => (parcel.cells.get(id) as Uint8Array).slice(0, CELL_BYTES - COMMITMENT_BYTES))
  return { attachment, payload: concatBytes(...bodies).slice(0, payloadBytes(attachment.bytes)) }
}

function write(name: string, content: Uint8Array | string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function ageDecrypt(file: string, identity: string): Buffer {
  return execFileSync("age", ["-d", "-i", write("identity.txt", `${identity}\n`), file], {
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 10_000_000,
  })
}

async function x25519Pair(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

async function hybridPair(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateHybridIdentity()
  return { identity, recipient: await identityToRecipient(identity) }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes
}

async function openWhole(file: Uint8Array, identity: string, plaintextBytes: number): Promise<Uint8Array> {
  const key = await ageFileKey(file, [identity])
  if (key === null) throw new Error("not for us")
  const payload = file.subarray(key.headerBytes)
  expect(payload.length).toBe(payloadBytes(plaintextBytes))
  return await gatherBytes(openPayload(key.fileKey, plaintextBytes, once(payload), p))
}

/** An age header that wraps a given file key for an X25519 recipient, by the age specification alone. */
function headerFor(recipient: string, fileKey: Uint8Array): Uint8Array {
  const theirs = bech32.decodeToBytes(recipient).bytes
  const ephemeral = p.random(32)
  const share = x25519.getPublicKey(ephemeral)
  const shared = x25519.getSharedSecret(ephemeral, theirs)
  const wrapKey = hkdf(
    sha256,
    shared,
    concatBytes(share, theirs),
    utf8Bytes("age-encryption.org/v1/X25519"),
    32,
  )
  const wrapped = chacha20poly1305(wrapKey, new Uint8Array(12)).encrypt(fileKey)
  const head = `age-encryption.org/v1\n-> X25519 ${toBase64NoPad(share)}\n${toBase64NoPad(wrapped)}\n---`
  const mac = hmac(sha256, hkdf(sha256, fileKey, undefined, utf8Bytes("header"), 32), utf8Bytes(head))
  return utf8Bytes(`${head} ${toBase64NoPad(mac)}\n`)
}

test("age opens a root cell as it lies, and sha256sum names it", async () => {
  const { identity, recipient } = await x25519Pair()
  const { root, cells } = await seal([recipient])
  expect(root.length).toBe(CELL_BYTES)
  const file = write("root.cell", root)
  const line = parseSignedLine(ageDecrypt(file, identity))
  const ours = await openRoot(root, [identity], desk, p)
  expect(canonicalJson(line?.document ?? null)).toBe(canonicalJson(ours?.document ?? null))
  expect(utf8Text(line?.rest ?? new Uint8Array(1))?.trim()).toBe("")
  const name = execFileSync("sha256sum", [file], { encoding: "utf8" }).slice(0, 64)
  expect(cells.has(name as CellId)).toBe(true)
})

test("age opens an attachment: a new header before the payload as it came", async () => {
  const { identity, recipient } = await x25519Pair()
  const { attachment, payload } = await photoOf(await seal([recipient]), identity)
  const fileKey = sliceFileKey(fromBase64Url(attachment.key) as Uint8Array, 0)
  // For another recipient than the parcel's: the payload is not touched.
  const court = await x25519Pair()
  const file = write("photo.age", concatBytes(headerFor(court.recipient, fileKey), payload))
  expect(ageDecrypt(file, court.identity).equals(photo)).toBe(true)
  const flipped = payload.slice()
  flipped[100_000] = (flipped[100_000] as number) ^ 1
  const broken = write("broken.age", concatBytes(headerFor(court.recipient, fileKey), flipped))
  expect(() => ageDecrypt(broken, court.identity)).toThrow(/decrypt/)
})

test("what age seals opens with ours", async () => {
  const { identity, recipient } = await x25519Pair()
  for (const bytes of [0, 1, 65_536, 65_537, photo.length]) {
    const plain = write("plain.bin", photo.subarray(0, bytes))
    const sealed = execFileSync("age", ["-r", recipient, plain], { maxBuffer: 10_000_000 })
    expect(await openWhole(new Uint8Array(sealed), identity, bytes)).toEqual(photo.subarray(0, bytes))
  }
})

test("a header for both kinds of recipient is refused both ways", async () => {
  const classic = await x25519Pair()
  const hybrid = await hybridPair()
  await expect(seal([hybrid.recipient, classic.recipient])).rejects.toMatchObject({
    code: "mixed-recipients",
  })
  const { cell } = await sealByLibrary([hybrid.recipient, classic.recipient])
  for (const { identity } of [classic, hybrid]) {
    await expect(openRoot(cell, [identity], desk, p)).rejects.toMatchObject({ code: "mixed-recipients" })
  }
  // Two of one kind are two keepers.
  const second = await hybridPair()
  const { root } = await seal([hybrid.recipient, second.recipient])
  for (const { identity } of [hybrid, second]) {
    expect((await openRoot(root, [identity], desk, p))?.signatureValid).toBe(true)
  }
})

test("the age library opens a post-quantum root cell as it lies", async () => {
  const { identity, recipient } = await hybridPair()
  const { root } = await seal([recipient])
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const line = parseSignedLine(await decrypter.decrypt(root))
  const ours = await openRoot(root, [identity], desk, p)
  expect(canonicalJson(line?.document ?? null)).toBe(canonicalJson(ours?.document ?? null))
})

test("a post-quantum root that the age library sealed opens with ours", async () => {
  const { identity, recipient } = await hybridPair()
  const { cell, document } = await sealByLibrary([recipient])
  expect(cell.length).toBe(CELL_BYTES)
  const opened = await openRoot(cell, [identity], desk, p)
  expect(canonicalJson(opened?.document ?? null)).toBe(document)
  expect(opened?.signatureValid).toBe(true)
})

/** A root made without our sealing code but for the text, which is taken from a root of ours. */
async function sealByLibrary(recipients: readonly string[]): Promise<{ cell: Uint8Array; document: string }> {
  const pair = await hybridPair()
  const decrypter = new Decrypter()
  decrypter.addIdentity(pair.identity)
  const text = await decrypter.decrypt((await seal([pair.recipient])).root, "text")
  const encrypter = new Encrypter()
  const commitment = new Stanza(["forget", toBase64NoPad(p.random(32))], new Uint8Array(0))
  encrypter.addRecipient({ wrapFileKey: () => [commitment] })
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  const headerBytes = (await encrypter.encrypt("")).length - payloadBytes(0)
  const filled = new Uint8Array(CELL_BYTES - headerBytes - payloadBytes(0)).fill(0x20)
  filled.set(utf8Bytes(`${text.trimEnd()}\n`))
  return { cell: await encrypter.encrypt(filled), document: text.split("\n")[0] as string }
}
