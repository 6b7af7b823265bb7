import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { toBase64Url } from "@govah/core/bytes"
import type { Report } from "@govah/core/report"
import { type SealedCell, type SealedParcel, sealParcel } from "@govah/core/seal"
import { nodePrimitives as p } from "@govah/node"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { expect, onTestFinished, test } from "vitest"
import { copied } from "./copied.ts"

const here = (name: string): string => fileURLToPath(new URL(`../vectors/python/${name}`, import.meta.url))

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "govah-second-"))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const report = (text: string): Report => ({
  type: "observation",
  language: "fa",
  text,
  place: { name: "Saravan", province: null, precision: "town" },
  period: { from: "2021-02-22", to: null, about: true },
  basis: "saw",
  claims: [],
  action: null,
  consent: { publish: "words", notBefore: null },
})

async function seal(
  text: string,
  files: readonly Uint8Array[],
  recipient: string,
  desk: string,
): Promise<readonly Uint8Array[]> {
  const sealing = sealParcel(
    {
      report: report(text),
      attachments: files.map((bytes) => ({ type: "video/mp4", open: () => [bytes] })),
      recipients: [recipient],
      rules: { interopX25519: true },
      desk,
      sender: { seed: p.random(32), invitation: null },
    },
    p,
  )
  const cells: Uint8Array[] = []
  for (;;) {
    const next: IteratorResult<SealedCell, SealedParcel> = await sealing.next()
    if (next.done === true) return cells
    cells.push(copied(next.value.bytes))
  }
}

interface Line {
  readonly signature: boolean
  readonly text: string | null
  readonly attachments: readonly { readonly bytes: number; readonly sha256: string }[]
  readonly error: string | null
}

function openByPython(folder: string, identity: string, desk: string): Line[] {
  const printed = execFileSync("python3", ["-B", here("open_parcel.py"), folder, identity, desk], {
    encoding: "utf8",
  })
  return printed
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line)
}

test("a program written from the specification alone opens what we seal, with the same SHA-256", async () => {
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  const desk = toBase64Url(await p.publicKey(p.random(32)))
  const parcels: readonly (readonly [string, readonly Uint8Array[]])[] = [
    ["تیراندازی نزدیک مرز", []],
    ["two files", [p.random(65_536), Buffer.concat([p.random(65_536), p.random(65_536), p.random(20_000)])]],
    ["an empty file", [new Uint8Array()]],
    // Too long for a root: it moves to an annex.
    ["گواه ".repeat(15_000), [p.random(100)]],
  ]
  const folder = freshFolder()
  const cells: Uint8Array[] = []
  for (const [text, files] of parcels) cells.push(...(await seal(text, files, recipient, desk)))
  // In no order, some twice, over two files, the second cut at its end.
  cells.sort((a, b) => Buffer.compare(a.subarray(-32), b.subarray(-32)))
  writeFileSync(join(folder, "a.bin"), Buffer.concat([...cells.slice(0, 9), ...cells.slice(0, 5)]))
  writeFileSync(join(folder, "b.bin"), Buffer.concat([...cells.slice(9), p.random(5_000)]))

  const opened = openByPython(folder, identity, desk)
  const expected = parcels.map(([text, files]) => ({
    text,
    signature: true,
    error: null,
    attachments: files.map((bytes) => ({
      type: "video/mp4",
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    })),
  }))
  const byText = (a: { text: string | null }, b: { text: string | null }): number =>
    (a.text ?? "") < (b.text ?? "") ? -1 : 1
  expect(
    opened
      .map(({ text, signature, error, attachments }) => ({ text, signature, error, attachments }))
      .sort(byText),
  ).toEqual(expected.toSorted(byText))

  // Another key opens nothing, another desk is refused, a flipped bit is found.
  expect(openByPython(folder, await generateX25519Identity(), desk)).toEqual([])
  const other = openByPython(folder, identity, toBase64Url(p.random(32)))
  expect(other.map(({ error }) => error)).toEqual(parcels.map(() => "wrong-desk"))
}, 600_000)

test("it gives the answer of every vector that it can read", () => {
  const printed = execFileSync("python3", ["-B", here("check_vectors.py")], { encoding: "utf8" })
  expect(printed).toMatch(/^\d{3,} cases, 0 differ/)
})
