import { nodePrimitives } from "@govah/node"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import fc from "fast-check"
import { expect, test } from "vitest"
import {
  concatBytes,
  equalBytes,
  fromBase64Url,
  gatherBytes,
  toBase64Url,
  toHex,
  utf8Bytes,
} from "../bytes/index.ts"
import { type CellId, cellId, commitTo, forgetCommitment, forgetToken } from "../cell/index.ts"
import { type Attachment, formatCellList, parseCellList, sliceFileKey } from "../parcel/index.ts"
import { type SealedCell, type SealedParcel, sealParcel, sealPayload } from "../seal/index.ts"
import { bodyCells, type OpenedRoot, openAttachment, openBody, openRoot } from "./index.ts"
import { scribbling } from "../testing/scribbling.ts"

const p = scribbling(nodePrimitives)

const desk = toBase64Url(p.random(32))
const identity = await generateX25519Identity()
const recipients = [await identityToRecipient(identity)]
const photo = p.random(90_000)
const cells = new Map<CellId, Uint8Array>()
const { root } = await sealed()
const whole = await openBody(root, get, p)
if (whole.state !== "whole") throw new Error("the parcel does not open")
const attachment = whole.body.attachments[0] as Attachment

async function sealed(): Promise<{ root: OpenedRoot }> {
  const parcel = sealParcel(
    {
      report: {
        type: "observation",
        language: "en",
        // Too long for a root: the body lies in an annex.
        text: "seen ".repeat(5_000),
        place: null,
        period: null,
        basis: "saw",
        claims: [],
        action: null,
        consent: { publish: "all", notBefore: null },
      },
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
    if (next.done === true) {
      const opened = await openRoot(cells.get(next.value.rootId) as Uint8Array, [identity], desk, p)
      return { root: opened as OpenedRoot }
    }
    cells.set(next.value.id, next.value.bytes.slice())
  }
}

function get(id: CellId): Uint8Array | null {
  return cells.get(id) ?? null
}

test("whatever cells are missing, the body waits for exactly those that it needs", async () => {
  const { annexCells } = whole as { annexCells: readonly CellId[] }
  expect(annexCells.length).toBeGreaterThan(1)
  const all = [...cells.keys()]
  await fc.assert(
    fc.asyncProperty(fc.subarray(all), async (present) => {
      const here = new Set(present)
      const answer = await openBody(root, (id) => (here.has(id) ? get(id) : null), p)
      const needed = annexCells.filter((id) => !here.has(id))
      expect(answer.state).toBe(needed.length === 0 ? "whole" : "waiting")
      if (answer.state === "waiting") expect(answer.missing).toEqual(needed)
    }),
    { numRuns: 200 },
  )
})

test("an attachment whose cells are missing, swapped or listed otherwise never gives other data", async () => {
  const ids = parseCellList(attachment.cells) as readonly CellId[]
  const change = fc.constantFrom(
    "none",
    "missing",
    "swap",
    "drop",
    "repeat",
    "foreign",
    "cut list",
    "slice twice",
  )
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(change, fc.nat(), fc.nat(), async (kind, a, b) => {
      const i = a % ids.length
      const j = b % ids.length
      const list = [...ids]
      if (kind === "swap") [list[i], list[j]] = [list[j] as CellId, list[i] as CellId]
      if (kind === "drop") list.splice(i, 1)
      if (kind === "repeat") list.splice(i, 0, list[i] as CellId)
      if (kind === "foreign") list[i] = [...cells.keys()].at(-2) as CellId
      const text = formatCellList(list)
      const changed = {
        ...attachment,
        cells: kind === "cut list" ? text.slice(0, -1 - (a % 42)) : text,
        slices: kind === "slice twice" ? [photo.length, photo.length] : [photo.length],
      }
      const lookUp = (id: CellId): Uint8Array | null => (kind === "missing" && id === ids[i] ? null : get(id))
      const outcome = await gatherBytes(openAttachment(changed, lookUp, p)).then(
        (bytes) => (equalBytes(bytes, photo) ? "opened" : "other data"),
        (error: { code: string }) => error.code,
      )
      seen.add(outcome)
      const same =
        kind === "none" || (kind === "swap" && i === j) || (kind === "repeat" && i === ids.length - 1)
      if (same) expect(outcome).toBe("opened")
      else
        expect(["tampered", "truncated", "missing-cell", "malformed"], `${kind} ${i} ${j}`).toContain(outcome)
    }),
    { numRuns: 400 },
  )
  expect(seen).toEqual(new Set(["opened", "tampered", "truncated", "missing-cell", "malformed"]))
})

test("every cell of a parcel carries the commitment that the root can open", async () => {
  const secret = fromBase64Url(root.document.forget) as Uint8Array
  const { annexCells, body } = whole as {
    annexCells: readonly CellId[]
    body: Parameters<typeof bodyCells>[0]
  }
  const attached = parseCellList(attachment.cells) as readonly CellId[]
  const padding = parseCellList(body.padding) as readonly CellId[]
  expect(bodyCells(body)).toEqual([...attached, ...padding])
  for (const [run, ids] of [
    ["attachment", attached],
    ["annex", annexCells],
    ["padding", padding],
  ] as const) {
    for (const [index, id] of ids.entries()) {
      const commitment = forgetCommitment(get(id) as Uint8Array)
      expect(toHex(commitTo(forgetToken(secret, run, index))), `${run} ${index}`).toBe(toHex(commitment))
    }
  }
  const rootId = [...cells.keys()].at(-1) as CellId
  expect(toHex(commitTo(forgetToken(secret, "root", 0)))).toBe(
    toHex(forgetCommitment(get(rootId) as Uint8Array)),
  )
})

test("a stranger's annex of spaces is refused in a time that grows with its length alone", async () => {
  // 4 MiB of spaces and a letter: with a regular expression that backs up, this takes hours.
  const spaces = concatBytes(new Uint8Array(4 * 1024 * 1024).fill(0x20), utf8Bytes("x"))
  const key = p.random(32)
  const body = await gatherBytes(sealPayload(sliceFileKey(key, 0), [spaces], p))
  const kept = new Map<CellId, Uint8Array>()
  for (let at = 0; at < body.length; at += 16_352) {
    const cell = new Uint8Array(16_384)
    cell.set(body.subarray(at, at + 16_352))
    kept.set(await cellId(cell, p), cell)
  }
  const annex = {
    bytes: spaces.length,
    sha256: toHex(await p.sha256(spaces)),
    key: toBase64Url(key),
    cells: formatCellList([...kept.keys()]),
  }
  if (!("annex" in root.document)) throw new Error("the body is not in an annex")
  const hostile: OpenedRoot = { ...root, document: { ...root.document, annex } }
  await expect(openBody(hostile, (id) => kept.get(id) ?? null, p)).rejects.toMatchObject({
    code: "malformed",
  })
})
