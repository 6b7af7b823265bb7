import { makeFrames } from "@govah/core/frames"
import type { Primitives } from "@govah/core/primitives"
import { carriedCells } from "../carry/index.ts"
import type { Outbox } from "../outbox/index.ts"

/** Cells that are shown in one go: more than four minutes nobody holds a phone still. */
export const MAX_SHOWN_CELLS = 40

/** What waits, as pictures for another screen. */
export interface QrFrames {
  /** Texts of QR codes, to be shown in a loop. */
  readonly frames: readonly string[]
  readonly cells: number
  readonly parcels: number
  /** Parcels that wait and are not among them: they are too large to be shown, or there are too many. */
  readonly left: number
}

/** Takes the smallest parcels that fit together. @returns no frames where not even the smallest does. */
export async function qrFrames(outbox: Outbox, primitives: Primitives): Promise<QrFrames> {
  const waiting = (await outbox.list()).filter(({ state }) => state === "kept")
  const chosen: string[] = []
  let room = MAX_SHOWN_CELLS
  for (const { id, cells } of [...waiting].sort((a, b) => a.cells - b.cells)) {
    if (cells > room) break
    room -= cells
    chosen.push(id)
  }
  const frames: string[] = []
  for await (const cell of (await carriedCells(outbox, chosen)).read())
    frames.push(...(await makeFrames("cell", cell, primitives)))
  return {
    frames,
    cells: MAX_SHOWN_CELLS - room,
    parcels: chosen.length,
    left: waiting.length - chosen.length,
  }
}
