/* oxlint-disable vitest/no-standalone-expect -- what is handed to runVectors runs inside test.each */
import { execFileSync } from "node:child_process"
import { constants, createPublicKey, verify } from "node:crypto"
import { expect, test } from "vitest"
import {
  canonicalJson,
  concatBytes,
  fromBase64,
  fromBase64Url,
  gatherBytes,
  parseCanonicalJson,
  toBase64Url,
  toHex,
  utf8Bytes,
  utf8Text,
} from "../bytes/index.ts"
import {
  type KeyHolder,
  joinShortInvitation,
  keyWords,
  openCard,
  openInvitation,
  parseKeyWords,
} from "../card/index.ts"
import { rebuildShards } from "../erasure/index.ts"
import { formatFrame, parseFrame } from "../frames/index.ts"
import { openPackHead } from "../pack/index.ts"
import {
  CELL_BYTES,
  type CellId,
  type CellRun,
  cellId,
  commitTo,
  forgetCommitment,
  forgetToken,
  looksLikeRoot,
  padme,
  parseCellId,
  splitBundle,
} from "../cell/index.ts"
import {
  type AttachmentToOpen,
  bodyCells,
  openAnyRoot,
  openAttachment,
  openBody,
  openPayload,
  openRecording,
  openRoot,
} from "../open/index.ts"
import { formatCellList, parseCellList } from "../parcel/index.ts"
import { elementSet, reconcile, respond } from "../reconcile/index.ts"
import { parseReport } from "../report/index.ts"
import { parseSignedLine, type SigningContext, verifyLine } from "../signed/index.ts"
import { readCarriedFile, unveil, veil } from "../veil/index.ts"
import {
  encodeTokenKey,
  formatToken,
  formatTokenFile,
  parseToken,
  parseTokenFile,
  parseTokenKey,
  tokenChallenge,
  tokenInput,
} from "../token/index.ts"
import { encodePrice, formatWork, isPaid, parsePrice, parseWork } from "../work/index.ts"
import { type Edit, edited } from "./edits.ts"
import { hex, outcome, refuseUnless, runVectors } from "./run-vectors.ts"

test("the vector files are what vectors/make makes", () => {
  const maker = new URL("../../../../vectors/make/all.ts", import.meta.url).pathname
  execFileSync(process.execPath, [maker, "--check"], { stdio: "pipe" })
})

runVectors<{ text?: string; hex?: string }>("canonical-json", (c) => {
  const received = c.text === undefined ? hex(c.hex ?? "") : utf8Bytes(c.text)
  const value = parseCanonicalJson(received)
  refuseUnless(value !== null, "not-canonical")
  expect(utf8Bytes(canonicalJson(value))).toEqual(received)
})

runVectors<{ key: string; message: string; signature: string }>("ed25519", async (c, _, p) => {
  refuseUnless(await p.verify(hex(c.key), hex(c.message), hex(c.signature)), "bad-signature")
})

runVectors<{ context: SigningContext; key: string; text: string; rest: string }>(
  "signed-line",
  async (c, _, p) => {
    const received = utf8Bytes(c.text)
    const line = parseSignedLine(received)
    refuseUnless(line !== null, "malformed")
    const key = fromBase64Url(c.key) ?? new Uint8Array(0)
    refuseUnless(await verifyLine(c.context, line, key, p), "bad-signature")
    expect(utf8Text(line.rest)).toBe(c.rest)
    const written = `${canonicalJson(line.document)}\n${toBase64Url(line.signature)}\n`
    expect(concatBytes(utf8Bytes(written), line.rest)).toEqual(received)
  },
)

interface CellCase {
  head?: string
  tail?: string
  id?: string
  root?: boolean
  commitment: string
  secret?: string
  run: CellRun
  index: number
  token: string
  text?: string
}
runVectors<CellCase>("cell", async (c, _, p) => {
  if (c.text !== undefined) {
    refuseUnless(parseCellId(c.text) !== null, "not-an-id")
  } else if (c.secret !== undefined) {
    const derived = toHex(forgetToken(hex(c.secret), c.run, c.index)) === c.token
    refuseUnless(derived && toHex(commitTo(hex(c.token))) === c.commitment, "wrong-token")
  } else {
    const cell = new Uint8Array(16_384)
    cell.set(utf8Bytes(c.head ?? ""))
    cell.set(hex(c.tail ?? ""), 16_384 - 32)
    expect(await cellId(cell, p)).toBe(c.id)
    expect(looksLikeRoot(cell)).toBe(c.root)
    expect(toHex(forgetCommitment(cell))).toBe(c.commitment)
  }
})

interface BundleCase {
  pieces: { fill: number; length: number }[]
  cells: string[]
  cutBytes: number
}
runVectors<BundleCase>("bundle", async (c, _, p) => {
  const pieces = c.pieces.map(({ fill, length }) => new Uint8Array(length).fill(fill))
  const bundle = splitBundle(concatBytes(...pieces))
  expect(bundle.cutBytes).toBe(c.cutBytes)
  expect(await Promise.all(bundle.cells.map((cell) => cellId(cell, p)))).toEqual(c.cells)
})

interface VeilCase {
  veiled?: string
  payload?: string
  edits?: Edit[]
  frames?: { fill: number; salt: string }[]
  sha256?: string
  kind?: string
  cells?: string[]
  damaged?: number
  cutBytes?: number
}
runVectors<VeilCase>("veil", async (c, _, p) => {
  if (c.frames === undefined) {
    const payload = await unveil(edited(hex(c.veiled ?? ""), c.edits ?? []), p)
    refuseUnless(payload !== null, "not-a-veil")
    expect(toHex(payload)).toBe(c.payload)
    return
  }
  const frames = c.frames.map(({ fill, salt }) =>
    veil(new Uint8Array(16_384).fill(fill), { ...p, random: () => hex(salt) }),
  )
  const whole = concatBytes(...(await Promise.all(frames)))
  expect(toHex(await p.sha256(whole))).toBe(c.sha256)
  const cells: string[] = []
  const { kind, damaged, cutBytes } = await readCarriedFile(
    piecesOf(edited(whole, c.edits ?? []), 7_777),
    p,
    async (batch) => {
      for (const cell of batch) cells.push(await cellId(cell, p))
    },
  )
  const { kind: ofKind, cells: ofCells, damaged: ofDamaged, cutBytes: ofCutBytes } = c
  expect({ kind, cells, damaged, cutBytes }).toEqual({
    kind: ofKind,
    cells: ofCells,
    damaged: ofDamaged,
    cutBytes: ofCutBytes,
  })
})

interface ReconcileCase {
  here?: string
  there?: string
  rounds?: { request: string; answer: string; onlyHere: string[]; onlyThere: string[] }[]
  request?: string
  answer?: string
  edits?: Edit[]
}
runVectors<ReconcileCase, { salt: string; sets: Record<string, string[]> }>(
  "reconcile",
  async (c, file, p) => {
    const setOf = (name: string | undefined) => elementSet(hex((file.sets[name ?? ""] ?? []).join("")))
    const asking = reconcile(setOf(c.here), hex(file.salt), p)
    const there = setOf(c.there)
    if (c.request !== undefined) await respond(there, edited(hex(c.request), c.edits ?? []), p)
    if (c.answer !== undefined) {
      await asking.next()
      await asking.take(edited(hex(c.answer), c.edits ?? []))
    }
    for (const round of c.rounds ?? []) {
      expect(toHex((await asking.next()) as Uint8Array)).toBe(round.request)
      expect(toHex(await respond(there, hex(round.request), p))).toBe(round.answer)
      const { onlyHere, onlyThere } = await asking.take(hex(round.answer))
      expect([toHex(onlyHere), toHex(onlyThere)]).toEqual([round.onlyHere.join(""), round.onlyThere.join("")])
    }
    if (c.rounds !== undefined) expect(await asking.next()).toBeNull()
  },
)

runVectors<{ text: string; cells: string[] }>("cell-list", (c) => {
  const ids = parseCellList(c.text)
  refuseUnless(ids !== null, "malformed")
  expect(ids).toEqual(c.cells)
  expect(formatCellList(ids)).toBe(c.text)
})

runVectors<{ count: number; total: number }>("padme", (c) => {
  refuseUnless(padme(c.count) === c.total, "wrong-class")
})

interface PayloadFile {
  fileKey: string
  payloads: Record<string, string>
}
runVectors<{ payload: string; edits: Edit[]; plaintextBytes: number; sha256: string }, PayloadFile>(
  "payload",
  async (c, file, p) => {
    const sealed = edited(fromBase64(file.payloads[c.payload] ?? "") as Uint8Array, c.edits)
    const open = async (pieceBytes: number): Promise<void> => {
      const opened = await gatherBytes(
        openPayload(hex(file.fileKey), c.plaintextBytes, piecesOf(sealed, pieceBytes), p),
      )
      expect(toHex(await p.sha256(opened))).toBe(c.sha256)
    }
    // Whole, in uneven pieces and (where that is quick) byte by byte: the answer is the same.
    const answers = [await outcome(() => open(sealed.length)), await outcome(() => open(16_352))]
    if (sealed.length < 1_000) answers.push(await outcome(() => open(1)))
    expect(new Set(answers).size).toBe(1)
    await open(16_352)
  },
)

async function* piecesOf(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

interface RootFile {
  document: object
  cells: Record<string, string>
}
interface RootCase {
  cell: string
  edits?: Edit[]
  identities: string[]
  desk: string
  signature: "valid" | "invalid"
}
runVectors<RootCase, RootFile>("root", async (c, file, p) => {
  const cellOf = (name: string): Uint8Array => fromBase64(file.cells[name] ?? "") as Uint8Array
  const opened = await openRoot(edited(cellOf(c.cell), c.edits ?? [], cellOf), c.identities, c.desk, p)
  refuseUnless(opened !== null, "not-for-us")
  expect(opened.document).toEqual(file.document)
  expect(opened.signatureValid).toBe(c.signature === "valid")
})

interface ReportCase {
  report: { text: string; claims: object[] }
  textLength?: number
  claimCount?: number
}
runVectors<ReportCase>("report", ({ report, textLength, claimCount }) => {
  if (textLength !== undefined) report.text = "x".repeat(textLength)
  if (claimCount !== undefined)
    report.claims = Array.from({ length: claimCount }, () => report.claims[0] as object)
  const parsed = parseReport(report)
  refuseUnless("report" in parsed, "malformed")
  expect(parsed.report).toEqual(report)
})

interface ParcelCase {
  root: string
  missing: string[]
  identities: string[]
  desk: string
  text: string
  attachments: { sha256: string; bytes: number }[]
}
runVectors<ParcelCase, { cells: Record<string, string> }>("parcel", async (c, file, p) => {
  const get = (id: string): Uint8Array | null =>
    c.missing.includes(id) ? null : fromBase64(file.cells[id] ?? "")
  const root = await openRoot(get(c.root) as Uint8Array, c.identities, c.desk, p)
  refuseUnless(root !== null, "not-for-us")
  const opened = await openBody(root, get, p)
  refuseUnless(opened.state === "whole", "missing-cell")
  bodyCells(opened.body)
  const attachments: { sha256: string; bytes: number }[] = []
  for (const attachment of opened.body.attachments) {
    const bytes = await gatherBytes(openAttachment(attachment, get, p))
    attachments.push({ sha256: toHex(await p.sha256(bytes)), bytes: bytes.length })
  }
  expect(opened.body.report.text).toBe(c.text)
  expect(attachments).toEqual(c.attachments)
})

interface RecordingCase {
  provisional: string
  closing: string
  missing: string[]
  identities: string[]
  desk: string
  signature: string
  text: string
  bytes: number
  sha256: string
}
runVectors<RecordingCase, { cells: Record<string, string> }>("recording", async (c, file, p) => {
  const get = (id: string): Uint8Array | null =>
    c.missing.includes(id) ? null : fromBase64(file.cells[id] ?? "")
  const provisional = await openAnyRoot(get(c.provisional) as Uint8Array, c.identities, c.desk, p)
  const closing = await openAnyRoot(get(c.closing) as Uint8Array, c.identities, c.desk, p)
  refuseUnless(provisional?.part === "provisional", "part-of-recording")
  refuseUnless(closing?.part === "closing", "part-of-recording")
  const opened = await openRecording({ root: provisional, id: c.provisional as CellId }, closing, get, p)
  refuseUnless(opened.state === "whole", "missing-cell")
  bodyCells(opened.body)
  const [attachment] = opened.body.attachments
  const bytes = await gatherBytes(openAttachment(attachment as AttachmentToOpen, get, p))
  expect(provisional.signatureValid).toBe(c.signature === "valid")
  expect(opened.body.report.text).toBe(c.text)
  expect([bytes.length, toHex(await p.sha256(bytes))]).toEqual([c.bytes, c.sha256])
})

runVectors<{ text: string; card?: object }>("card", async (c, _, p) => {
  const card = await openCard(c.text, p)
  if (c.card !== undefined) expect(card).toEqual(c.card)
})

runVectors<{ text: string; today: string; secret: string; lastDay: string }>(
  "invitation",
  async (c, _, p) => {
    const { secret, lastDay } = await openInvitation(c.text, c.today, p)
    expect({ secret, lastDay }).toEqual({ secret: c.secret, lastDay: c.lastDay })
  },
)

runVectors<{ text: string; card: string }, { invitation: string }>("short-invitation", async (c, file, p) => {
  expect(await joinShortInvitation(c.text, c.card, p)).toBe(file.invitation)
})

runVectors<{ said: string; numbers: string[]; holder?: KeyHolder; key: string; words: string[] }>(
  "key-words",
  (c) => {
    const numbers = parseKeyWords(c.said)
    refuseUnless(numbers !== null, "malformed")
    expect(numbers).toEqual(c.numbers)
    if (c.holder !== undefined)
      expect(keyWords(c.holder, hex(c.key))).toEqual({ words: c.words, numbers: c.numbers })
  },
)

runVectors<{ text: string; frame: { id: string; symbol: string } }>("qr-frame", (c) => {
  const frame = parseFrame(c.text)
  expect({ ...frame, id: toHex(frame.id), symbol: toHex(frame.symbol) }).toEqual(c.frame)
  expect(formatFrame(frame)).toBe(c.text)
})

runVectors<{ shards: [number, string][] }, { count: number; data: string[] }>("erasure", (c, file) => {
  const shards = new Map(c.shards.map(([number, shard]) => [number, hex(shard)]))
  const data = rebuildShards(file.count, shards)
  refuseUnless(data !== null, "too-few")
  expect(data.map(toHex)).toEqual(file.data)
})

runVectors<{ text: string; plan: object }, { desk: string }>("pack-head", async (c, file, p) => {
  const cell = new Uint8Array(CELL_BYTES)
  cell.set(utf8Bytes(c.text))
  expect((await openPackHead(cell, file.desk, p)).plan).toEqual(c.plan)
})

interface WorkCase {
  price?: string
  work?: { relay: string; day: number; id: string; nonce: string; bits: number }
  header?: string
}
runVectors<WorkCase>("work", async ({ price, work, header }, _, p) => {
  if (price !== undefined) expect(utf8Text(encodePrice(parsePrice(utf8Bytes(price))))).toBe(price)
  if (work !== undefined) {
    const target = { relay: hex(work.relay), day: work.day }
    const paid = await isPaid(target, hex(work.id), hex(work.nonce), work.bits, p)
    refuseUnless(paid, "not-enough")
  }
  if (header !== undefined) {
    const read = parseWork(header)
    refuseUnless(read !== null, "malformed")
    expect(formatWork(read)).toBe(header)
  }
})

/** By OpenSSL: core has no RSA. */
function isSigned(input: Uint8Array, signature: Uint8Array, modulus: Uint8Array): boolean {
  const jwk = { kty: "RSA", n: toBase64Url(modulus), e: "AQAB" }
  const key = createPublicKey({ key: jwk, format: "jwk" })
  return verify("sha384", input, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }, signature)
}

interface TokenCase {
  token?: string
  key?: string
  file?: string
}
runVectors<TokenCase, { relay: string; tokenKey: string }>("token", async ({ token, key, file }, all, p) => {
  if (token !== undefined) {
    const read = parseToken(token)
    refuseUnless(read !== null, "malformed")
    expect(formatToken(read)).toBe(token)
    const own = hex(all.tokenKey)
    const modulus = parseTokenKey(own) as Uint8Array
    const fits =
      toHex(read.key) === toHex(await p.sha256(own)) &&
      toHex(read.challenge) === toHex(await tokenChallenge(hex(all.relay), p))
    refuseUnless(fits && isSigned(tokenInput(read), read.signature, modulus), "refused")
  }
  if (key !== undefined) {
    const modulus = parseTokenKey(hex(key))
    refuseUnless(modulus !== null, "malformed")
    expect(toHex(encodeTokenKey(modulus))).toBe(key)
  }
  if (file !== undefined) {
    const read = parseTokenFile(utf8Bytes(file))
    refuseUnless(read !== null, "malformed")
    expect(utf8Text(formatTokenFile(read))).toBe(file)
  }
})
