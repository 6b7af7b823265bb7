import { unveil, veil } from "../../packages/core/src/veil/index.ts"
import { hex, key, seeded, sha256, SOURCE, stream, type Vectors } from "./seeded.ts"

const p = seeded("veil")
const CELL = 16_384
const FRAME = CELL + 32
type Edit = { readonly [edit: string]: unknown }

const salted = (salt: Uint8Array) => ({ ...p, random: () => salt })
const salt = key("veil salt").subarray(0, 16)
const text = Buffer.from("a feed's file under a veil\n")
const short = await veil(text, salted(salt))
const none = await veil(new Uint8Array(0), salted(salt))

const opens = (name: string, veiled: Uint8Array, payload: Uint8Array) => ({
  name,
  expect: "accept",
  veiled: hex(veiled),
  payload: hex(payload),
})
const refused = (name: string, edits: readonly Edit[], veiled = short) => ({
  name,
  expect: "reject:not-a-veil",
  veiled: hex(veiled),
  edits,
})
const flip = (at: number): readonly Edit[] => [{ xor: { at, with: "01" } }]

const filled = (fill: number): Uint8Array => new Uint8Array(CELL).fill(fill)
const idOf = (fill: number): string => sha256(filled(fill))

/** A file of veiled cells: each cell is so many bytes of one value, under the salt beside it. */
async function file(
  name: string,
  fills: readonly number[],
  edits: readonly Edit[],
  held: { kind: "veiled" | "plain"; cells?: readonly number[]; damaged?: number; cutBytes?: number },
) {
  const salts = stream(`veil ${name}`)
  const frames = fills.map((fill) => ({ fill, salt: hex(salts(16)) }))
  const parts = []
  for (const frame of frames) {
    parts.push(await veil(filled(frame.fill), salted(Buffer.from(frame.salt, "hex"))))
  }
  const whole = Buffer.concat(parts)
  // A wrong maker would write wrong vectors: each is opened again.
  for (const part of parts) if ((await unveil(part, p)) === null) throw new Error(name)
  return {
    name,
    expect: "accept",
    frames,
    sha256: sha256(whole),
    edits,
    kind: held.kind,
    cells: (held.cells ?? fills).map(idOf),
    damaged: held.damaged ?? 0,
    cutBytes: held.cutBytes ?? 0,
  }
}

export const veilVectors: Vectors = {
  source: SOURCE,
  spec: "spec/veil.md",
  note: "A veil: veiled (hex), edited, has payload (hex) under it, or is refused. A file: frames are cells of 16,384 bytes of one value (fill), each veiled with the salt beside it, one after another (sha256 of all); after the edits a reader finds it veiled or plain (kind), these cells (ids, in order), so many damaged veils and so many bytes of a cut piece.",
  cases: [
    opens("a text", short, text),
    opens("nothing", none, new Uint8Array(0)),
    refused("a bit of the salt", flip(0)),
    refused("the last bit of the salt", flip(15)),
    refused("a bit of the text", flip(16)),
    refused("a bit of the check", flip(short.length - 1)),
    refused("one byte short", [{ cut: { to: short.length - 1 } }]),
    refused("one byte more", [{ append: "00" }]),
    refused("a byte before", [{ move: { from: short.length - 1, length: 1, to: 0 } }]),
    refused("the salt alone", [{ cut: { to: 16 } }]),
    refused("31 bytes", [{ cut: { to: 31 } }]),
    refused("no bytes", [{ cut: { to: 0 } }]),
    refused("zeros", [], new Uint8Array(64)),
    refused("the text without a veil", [], text),
    refused("a bit of the veil over nothing", flip(20), none),
    refused("the check before the text", [{ move: { from: short.length - 16, length: 16, to: 16 } }]),
    refused("the salt at the end", [{ move: { from: 0, length: 16, to: short.length - 16 } }]),
    refused("two veils in a row are not one", [{ append: hex(short) }]),
    await file("one cell", [1], [], { kind: "veiled" }),
    await file("two cells, and one of them again", [1, 2, 1], [], { kind: "veiled" }),
    await file("cut in the second veil", [1, 2], [{ cut: { to: FRAME + 100 } }], {
      kind: "veiled",
      cells: [1],
      cutBytes: 100,
    }),
    await file("a flipped bit costs its own cell", [1, 2, 3], flip(FRAME + 5_000), {
      kind: "veiled",
      cells: [1, 3],
      damaged: 1,
    }),
    await file("the first veil may be the damaged one", [1, 2], flip(3), {
      kind: "veiled",
      cells: [2],
      damaged: 1,
    }),
    await file(
      "a lost byte shifts all that follow",
      [1, 2, 3, 4],
      [{ remove: { at: 2 * FRAME, length: 1 } }],
      {
        kind: "veiled",
        cells: [1, 2],
        damaged: 1,
        cutBytes: FRAME - 1,
      },
    ),
    await file("cut in the first veil: a plain file without a cell", [1], [{ cut: { to: 900 } }], {
      kind: "plain",
      cells: [],
      cutBytes: 900,
    }),
    await file("nothing: a plain file without a cell", [], [], { kind: "plain" }),
  ],
}
