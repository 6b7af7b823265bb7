import { readFile, stat } from "node:fs/promises"
import { cardToBytes, invitationToBytes } from "@govah/core/card"
import { splitBundle } from "@govah/core/cell"
import { type FrameKind, makeFrames } from "@govah/core/frames"
import type { Primitives } from "@govah/core/primitives"
import type { FieldHome } from "@govah/field"
import { FoundWanting, UsageError } from "../command.ts"

/** Most that is shown at once: at 8 pictures a second, 256 cells take half an hour. */
const MAX_CELLS = 256

/** What is shown in pictures: the frames of each object, in the order in which they are shown. */
export interface Shown {
  readonly loops: readonly (readonly string[])[]
  /** What it is, for the person. */
  readonly what: string
}

/**
 * Frames of what a person named: a unit's folder (all that waits), a bundle, or a card or an invitation (a file or the
 * text itself).
 *
 * @param openUnit - opens a unit's folder; left out, none is taken.
 * @throws UsageError, FoundWanting; faults of the disk pass through.
 */
export async function framesOf(
  named: string,
  primitives: Primitives,
  openUnit: ((folder: string) => Promise<FieldHome>) | null = null,
): Promise<Shown> {
  const text = named.replace(/^.*#/, "").trim()
  if (/^govah-[a-z]+-\d/.test(text)) return await framesOfText(text, primitives)
  if (openUnit !== null && (await stat(named)).isDirectory()) {
    const home = await openUnit(named)
    const cells: Uint8Array[] = []
    for (const { id } of (await home.outbox.list()).filter(({ state }) => state === "kept")) {
      for (const cell of await home.outbox.cells(id)) cells.push(await home.outbox.readCell(id, cell))
    }
    if (cells.length === 0) throw new FoundWanting("nothing waits to be carried")
    return await framesOfCells(cells, primitives)
  }
  const bytes = new Uint8Array(await readFile(named))
  const { cells, cutBytes } = splitBundle(bytes)
  if (cells.length > 0 && cutBytes === 0) return await framesOfCells(cells, primitives)
  return await framesOfText(new TextDecoder().decode(bytes).replace(/\s+/g, ""), primitives)
}

async function framesOfCells(cells: readonly Uint8Array[], primitives: Primitives): Promise<Shown> {
  if (cells.length > MAX_CELLS) {
    throw new FoundWanting(
      `${cells.length} pieces are too many for pictures (at most ${MAX_CELLS}). Nothing is lost; carry them on a stick`,
    )
  }
  const loops: (readonly string[])[] = []
  for (const cell of cells) loops.push(await makeFrames("cell", cell, primitives))
  return { loops, what: `${cells.length} sealed pieces` }
}

async function framesOfText(text: string, primitives: Primitives): Promise<Shown> {
  const found = [
    ["card", cardToBytes(text)],
    ["invitation", invitationToBytes(text)],
  ] satisfies [FrameKind, Uint8Array | null][]
  for (const [kind, bytes] of found) {
    if (bytes !== null) return { loops: [await makeFrames(kind, bytes, primitives)], what: `the ${kind}` }
  }
  throw new UsageError("give a unit's folder, a bundle, a card or an invitation: this is none of them")
}
