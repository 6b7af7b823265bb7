import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption"
import fc from "fast-check"
import { expect, test } from "vitest"
import { nodePrimitives } from "@govah/node"
import { gatherBytes, toBase64Url } from "../bytes/index.ts"
import { type CellId, padme } from "../cell/index.ts"
import { bodyCells, openAttachment, openBody, openRoot } from "../open/index.ts"
import type { Report } from "../report/index.ts"
import { type AttachmentSource, type SealedCell, type SealedParcel, sealParcel } from "./index.ts"
import { scribbling } from "../testing/scribbling.ts"

const p = scribbling(nodePrimitives)

const report: Report = {
  type: "observation",
  language: "fa",
  text: "تیراندازی نزدیک مرز",
  place: { name: "Saravan", province: null, precision: "town" },
  period: { from: "2021-02-22", to: null, about: true },
  basis: "told",
  claims: [],
  action: null,
  consent: { publish: "words", notBefore: null },
}
const seed = p.random(32)
const desk = toBase64Url(p.random(32))
const identity = await generateHybridIdentity()
const recipient = await identityToRecipient(identity)

async function seal(
  attachments: AttachmentSource[],
  over: Partial<Report> = {},
): Promise<{ cells: Map<CellId, Uint8Array>; sealed: SealedParcel }> {
  const cells = new Map<CellId, Uint8Array>()
  const cellsOut = sealParcel(
    {
      report: { ...report, ...over },
      attachments,
      recipients: [recipient],
      rules: { interopX25519: false },
      desk,
      sender: { seed, invitation: null },
    },
    p,
  )
  for (;;) {
    const next: IteratorResult<SealedCell, SealedParcel> = await cellsOut.next()
    if (next.done === true) return { cells, sealed: next.value }
    cells.set(next.value.id, next.value.bytes.slice())
  }
}

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.from(await gatherBytes(pieces))
}

test("a parcel of words and files opens to the same bytes, and shows only its Padmé class", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 400_000 }), { maxLength: 3 }),
      fc.nat({ max: 40_000 }),
      async (sizes, words) => {
        const files = sizes.map((size) =>
          Buffer.from(p.random(Math.min(size, 60_000)))
            .toString("hex")
            .repeat(4)
            .slice(0, size),
        )
        const { cells, sealed } = await seal(
          files.map((file) => ({ type: "image/jpeg", open: () => [Buffer.from(file)] })),
          { text: "ش".repeat(words) },
        )
        expect(sealed.cellIds.length).toBe(cells.size)
        expect(padme(cells.size)).toBe(cells.size)
        const root = await openRoot(cells.get(sealed.rootId) as Uint8Array, [identity], desk, p)
        if (root === null) throw new Error("not ours")
        expect(root.signatureValid).toBe(true)
        const opened = await openBody(root, (id) => cells.get(id) ?? null, p)
        if (opened.state !== "whole") throw new Error("cells missing")
        expect(opened.body.report.text.length).toBe(words)
        expect(new Set([...bodyCells(opened.body), ...opened.annexCells, sealed.rootId])).toEqual(
          new Set(cells.keys()),
        )
        for (const [i, attachment] of opened.body.attachments.entries()) {
          const back = await bytesOf(openAttachment(attachment, (id) => cells.get(id) ?? null, p))
          expect(back.equals(Buffer.from(files[i] as string))).toBe(true)
        }
      },
    ),
    { numRuns: 12 },
  )
})

test("a parcel of 40 MB, whose cell list needs an annex, opens", async () => {
  const piece = p.random(65_536)
  const { cells, sealed } = await seal([
    { type: "video/mp4", open: () => Array.from({ length: 640 }, () => piece) },
  ])
  const root = await openRoot(cells.get(sealed.rootId) as Uint8Array, [identity], desk, p)
  const opened = root && (await openBody(root, (id) => cells.get(id) ?? null, p))
  expect(opened?.state).toBe("whole")
  expect(padme(cells.size)).toBe(cells.size)
})

test("another desk's key finds nothing, and says nothing", async () => {
  const { cells, sealed } = await seal([])
  const other = await generateHybridIdentity()
  expect(await openRoot(cells.get(sealed.rootId) as Uint8Array, [other], desk, p)).toBeNull()
})

test("every flipped bit of a root is refused or leaves it not ours; none opens", async () => {
  const { cells, sealed } = await seal([])
  const cell = cells.get(sealed.rootId) as Uint8Array
  for (let at = 0; at < cell.length; at += 97) {
    const flipped = cell.slice()
    flipped[at] = (flipped[at] as number) ^ (1 << (at % 8))
    const outcome = await openRoot(flipped, [identity], desk, p).then(
      (opened) => (opened === null ? "not ours" : "opened"),
      (error: { code: string }) => error.code,
    )
    expect(["not ours", "tampered", "mixed-recipients"], `byte ${at}`).toContain(outcome)
  }
})

test("a root for one desk is not accepted as a root for another that shares a key", async () => {
  const { cells, sealed } = await seal([])
  const cell = cells.get(sealed.rootId) as Uint8Array
  await expect(openRoot(cell, [identity], toBase64Url(p.random(32)), p)).rejects.toMatchObject({
    code: "wrong-desk",
  })
})

test("X25519 is refused unless asked for, and never mixes", async () => {
  const x25519 = await identityToRecipient(await generateX25519Identity())
  const tryWith = async (recipients: string[], interopX25519: boolean): Promise<unknown> =>
    await sealParcel(
      {
        report,
        attachments: [],
        recipients,
        rules: { interopX25519 },
        desk,
        sender: { seed, invitation: null },
      },
      p,
    ).next()
  await expect(tryWith([x25519], false)).rejects.toMatchObject({ code: "bad-recipient" })
  await expect(tryWith([x25519, recipient], true)).rejects.toMatchObject({ code: "mixed-recipients" })
  await expect(
    tryWith([`${recipient.slice(0, -1)}${recipient.endsWith("q") ? "p" : "q"}`], false),
  ).rejects.toMatchObject({
    code: "bad-recipient",
  })
  await expect(tryWith([x25519], true)).resolves.toBeDefined()
})
