import { nodePrimitives } from "@govah/node"
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption"
import fc from "fast-check"
import { expect, test } from "vitest"
import { concatBytes, fromBase64Url, gatherBytes, toBase64Url, toHex } from "../bytes/index.ts"
import {
  BODY_BYTES,
  CELL_BYTES,
  type CellId,
  cellId,
  commitTo,
  forgetCommitment,
  forgetToken,
  padme,
} from "../cell/index.ts"
import {
  type AnyOpenedRoot,
  type AttachmentToOpen,
  bodyCells,
  openAnyRoot,
  openAttachment,
  openBody,
  openRecording,
} from "../open/index.ts"
import type { ClosingRoot, ProvisionalRoot } from "../parcel/index.ts"
import { payloadBytes } from "../parcel/index.ts"
import type { Report } from "../report/index.ts"
import { createRecording, MAX_SLICE_BYTES, type Recording, sealClosing, tailOf } from "./index.ts"
import { scribbling } from "../testing/scribbling.ts"

const p = scribbling(nodePrimitives)

const identity = await generateX25519Identity()
const recipients = [await identityToRecipient(identity)]
const desk = toBase64Url(p.random(32))
const seed = p.random(32)
const report: Report = {
  type: "observation",
  language: "fa",
  text: "تیراندازی نزدیک مرز",
  place: { name: "Saravan", province: null, precision: "town" },
  period: null,
  basis: "saw",
  claims: [],
  action: null,
  consent: { publish: "words", notBefore: null },
}

async function begin(over: Partial<Report> = {}, to = recipients): Promise<Recording> {
  return await createRecording(
    {
      draft: { ...report, ...over },
      type: "audio/webm",
      recipients: to,
      rules: { interopX25519: to === recipients },
      desk,
      sender: { seed, invitation: null },
    },
    p,
  )
}

/** A file of cells, as a recorder writes it. */
class CellFile {
  bytes: Uint8Array = new Uint8Array(0)
  write(at: number, bytes: Uint8Array): void {
    const grown = new Uint8Array(Math.max(this.bytes.length, at + bytes.length))
    grown.set(this.bytes)
    grown.set(bytes, at)
    this.bytes = grown
  }
}

async function record(recording: Recording, slices: readonly Uint8Array[]): Promise<CellFile> {
  const file = new CellFile()
  for (const slice of slices) {
    const sealed = await recording.sealSlice(slice)
    for (const { at, bytes } of sealed.writes) file.write(at, bytes)
    sealed.settle()
  }
  return file
}

async function cellsOf(file: CellFile): Promise<Map<CellId, Uint8Array>> {
  const cells = new Map<CellId, Uint8Array>()
  for (let at = 0; at < file.bytes.length; at += CELL_BYTES) {
    const cell = file.bytes.slice(at, at + CELL_BYTES)
    cells.set(await cellId(cell, p), cell)
  }
  return cells
}

async function opened(cell: Uint8Array | undefined): Promise<AnyOpenedRoot> {
  const root = await openAnyRoot(cell as Uint8Array, [identity], desk, p)
  if (root === null) throw new Error("not ours")
  return root
}

const someSlices = fc.array(
  fc.oneof(
    fc.nat({ max: 40_000 }),
    fc.constantFrom(0, 1, BODY_BYTES - 32, BODY_BYTES - 33, BODY_BYTES - 31, 65_536, 65_537),
  ),
  { minLength: 1, maxLength: 8 },
)

test("any slices, ended well or cut, open to the same bytes; all cells are listed, can be forgotten, and are a Padmé class", async () => {
  await fc.assert(
    fc.asyncProperty(someSlices, fc.boolean(), fc.nat({ max: 9_000 }), async (sizes, cut, words) => {
      const fed = sizes.map((bytes) => p.random(bytes))
      const recording = await begin({ text: "ش".repeat(words) })
      const file = await record(recording, fed)
      // What lies on the disk is enough: where the ciphertext ends, and a commitment that is there already.
      const { cells: count, gapAt, gapBytes } = tailOf(sizes)
      expect(file.bytes.length).toBe(count * CELL_BYTES)
      expect(count).toBe(Math.ceil(sizes.reduce((sum, n) => sum + payloadBytes(n), 0) / BODY_BYTES))
      const gap = cut ? { at: gapAt, bytes: p.random(gapBytes) } : await recording.fill()
      if (gap !== null) {
        expect(gap.at).toBe(gapAt)
        file.write(gap.at, gap.bytes)
      }
      const cells = await cellsOf(file)
      const attached = [...cells.keys()]
      if (!cut) expect(recording.ids).toEqual(attached)
      const ending = cut
        ? sealClosing(recording.closer, recording.slices, attached, p)
        : recording.finish({ report: { ...report, text: "final" }, attachments: [], seed })
      if (cut) cells.set(recording.provisional.id, recording.provisional.bytes)
      let rootId = "" as CellId
      for await (const { id, bytes } of ending) {
        cells.set(id, bytes.slice())
        rootId = id
      }
      expect(padme(cells.size)).toBe(cells.size)

      const get = (id: CellId): Uint8Array | null => cells.get(id) ?? null
      const root = await opened(cells.get(rootId))
      const provisional = await opened(recording.provisional.bytes)
      if (provisional.part !== "provisional" || root.part === "provisional") throw new Error("another kind")
      expect([root.signatureValid, provisional.signatureValid]).toEqual([true, true])
      const state =
        root.part === "final"
          ? await openBody(root, get, p)
          : await openRecording({ root: provisional, id: recording.provisional.id }, root, get, p)
      if (state.state !== "whole") throw new Error("cells are missing")
      const [attachment] = state.body.attachments
      const back = await gatherBytes(openAttachment(attachment as AttachmentToOpen, get, p))
      expect(Buffer.compare(back, concatBytes(...fed))).toBe(0)
      const roots = cut ? [recording.provisional.id, rootId] : [rootId]
      expect(new Set([...bodyCells(state.body), ...state.annexCells, ...roots])).toEqual(
        new Set(cells.keys()),
      )

      // Every cell carries the commitment that one of the roots can open.
      const secretOf = ({ document }: { document: { forget: string } }): Uint8Array =>
        fromBase64Url(document.forget) as Uint8Array
      const padding = bodyCells({ attachments: [], padding: state.body.padding })
      for (const [secret, run, first, ids] of [
        [secretOf(provisional), "attachment", 0, attached],
        [secretOf(provisional), "root", 1, cut ? [recording.provisional.id] : []],
        [secretOf(root), "root", 0, [rootId]],
        [secretOf(root), "padding", 0, padding],
        [secretOf(root), "annex", 0, state.annexCells.length === 1 ? state.annexCells : []],
      ] as const) {
        for (const [i, id] of ids.entries()) {
          const due = toHex(forgetCommitment(get(id) as Uint8Array))
          expect(toHex(commitTo(forgetToken(secret, run, first + i))), `${run} ${i}`).toBe(due)
        }
      }
      // A closing root holds no secret of the recording's cells: who opens it alone could not forget them.
      if (cut) expect(secretOf(root)).not.toEqual(secretOf(provisional))
    }),
    { numRuns: 40 },
  )
})

test("no byte of a settled slice is written again, so that no torn write can reach back", async () => {
  const recording = await begin()
  const settled = new Set<number>()
  for (const bytes of [6_000, 6_000, 6_000, 40_000, 9, 16_320, 6_000]) {
    const { writes, settle } = await recording.sealSlice(p.random(bytes))
    for (const { at, bytes: ciphertext } of writes) {
      for (let i = 0; i < ciphertext.length; i++) {
        // The commitment at a cell's end is written again, as it is, when the cell is full.
        if ((at + i) % CELL_BYTES < BODY_BYTES) expect(settled.has(at + i)).toBe(false)
        settled.add(at + i)
      }
    }
    settle()
  }
  const gap = await recording.fill()
  for (let i = 0; i < (gap?.bytes.length ?? 0); i++) expect(settled.has((gap?.at ?? 0) + i)).toBe(false)
})

test("a slice that was not settled is sealed anew, and only the second is in the recording", async () => {
  const recording = await begin()
  const file = await record(recording, [p.random(6_000)])
  const lost = await recording.sealSlice(p.random(30_000))
  for (const { at, bytes } of lost.writes) file.write(at, bytes)
  const kept = p.random(5_000)
  const again = await recording.sealSlice(kept)
  expect(again.index).toBe(lost.index)
  for (const { at, bytes } of again.writes) file.write(at, bytes)
  again.settle()
  expect(() => lost.settle()).toThrow("settled before")
  expect(recording.slices).toEqual([6_000, 5_000])
})

test("speech at 24 kbit/s costs its bytes, and not a cell a slice", async () => {
  // An hour: 1,800 slices of 6,000 bytes.
  const hour = Array.from({ length: 1_800 }, () => 6_000)
  const { cells } = tailOf(hour)
  expect(cells).toBe(664)
  expect((cells * CELL_BYTES) / (1_800 * 6_000)).toBeLessThan(1.01)
  expect((1_800 * CELL_BYTES) / (1_800 * 6_000)).toBeGreaterThan(2.7)
})

test("a draft that does not fit in a cell is shortened, claims first, and never by half a character", async () => {
  const recording = await begin({ text: "🕊".repeat(40_000) })
  const root = await opened(recording.provisional.bytes)
  const { text } = (root.document as ProvisionalRoot).recording.report
  expect(text.length).toBeGreaterThan(2_000)
  expect(text).toBe("🕊".repeat(text.length / 2))
})

test("what would be refused later is refused before anything is sealed", async () => {
  await expect(begin({ text: "\ud800" })).rejects.toMatchObject({ code: "bad-report" })
  await expect(begin({}, ["age1nothing"])).rejects.toMatchObject({ code: "bad-recipient" })
  const recording = await begin()
  await expect(recording.sealSlice(new Uint8Array(MAX_SLICE_BYTES + 1))).rejects.toMatchObject({
    code: "too-long",
  })
  const another = recording.finish({ report, attachments: [], seed: p.random(32) })
  await expect(another.next()).rejects.toMatchObject({ code: "bad-report" })
  await expect(sealClosing(recording.closer, [], [], p).next()).rejects.toMatchObject({ code: "bad-report" })
  recording.forgetKeys()
  await expect(recording.finish({ report, attachments: [], seed }).next()).rejects.toThrow("wiped")
})

test("a closing root names neither sender nor keys, and what it is made from opens nothing", async () => {
  const recording = await begin()
  const file = await record(recording, [p.random(6_000)])
  file.write(tailOf([6_000]).gapAt, p.random(tailOf([6_000]).gapBytes))
  const ids = [...(await cellsOf(file)).keys()]
  const cells = await Array.fromAsync(sealClosing(recording.closer, [6_000], ids, p))
  const root = await opened(cells.at(-1)?.bytes)
  const document = root.document as ClosingRoot
  expect(Object.keys(document).sort()).toEqual([
    "closer",
    "closing",
    "desk",
    "forget",
    "parcel",
    "provisional",
    "v",
  ])
  const provisional = (await opened(recording.provisional.bytes)).document as ProvisionalRoot
  const kept = JSON.stringify({ ...recording.closer, seed: toBase64Url(recording.closer.seed) })
  for (const secret of [
    provisional.recording.key,
    provisional.forget,
    provisional.used,
    provisional.sender.key,
  ]) {
    expect(kept).not.toContain(secret)
    expect(JSON.stringify(document)).not.toContain(secret)
  }
  // Control: what both do hold is found.
  expect(kept).toContain(provisional.parcel)
  expect(JSON.stringify(document)).toContain(provisional.recording.closer)
})

/** What of a header could tell one term from another: stanza names and lengths, and any piece of the recipient. */
function told(cell: Uint8Array, recipient: string): { shape: string; names: boolean } {
  const text = Buffer.from(cell).toString("latin1")
  const header = text.slice(0, text.indexOf("\n---") + 4)
  const shape = header.replace(/[A-Za-z0-9+/]{20,}/g, (random) => `<${random.length}>`)
  const pieces = Array.from({ length: recipient.length - 12 }, (_, i) => recipient.slice(i, i + 12))
  return { shape, names: pieces.some((piece) => text.includes(piece)) }
}

test("a root of any kind says in clear neither its term nor its desk, and looks like one of any other term", async () => {
  const shapes = new Set<string>()
  for (let term = 0; term < 3; term++) {
    const recipient = await identityToRecipient(await generateHybridIdentity())
    const recording = await begin({}, [recipient])
    const sealed = await recording.sealSlice(p.random(6_000))
    sealed.settle()
    await recording.fill()
    const closing = await Array.fromAsync(sealClosing(recording.closer, recording.slices, recording.ids, p))
    const final = await Array.fromAsync(recording.finish({ report, attachments: [], seed }))
    for (const cell of [recording.provisional.bytes, closing.at(-1)?.bytes, final.at(-1)?.bytes]) {
      const { shape, names } = told(cell as Uint8Array, recipient)
      shapes.add(shape)
      expect(names).toBe(false)
      expect(Buffer.from(cell as Uint8Array).includes(desk)).toBe(false)
      expect(Buffer.from(cell as Uint8Array).includes(Buffer.from(desk, "base64url"))).toBe(false)
    }
    // Control: a header that named its recipient would be noticed, by its shape and by its words.
    const naming = Buffer.concat([
      Buffer.from(`age-encryption.org/v1\n-> term 2026-01 ${recipient}\n---`),
      closing.at(-1)?.bytes as Uint8Array,
    ])
    expect(told(naming, recipient).names).toBe(true)
    expect(shapes.has(told(naming, recipient).shape)).toBe(false)
  }
  expect(shapes.size).toBe(1)
})
