import { BODY_BYTES, CELL_BYTES, type CellId, cellId } from "@govah/core/cell"
import { openInvitation, recipientOn } from "@govah/core/card"
import { createRecording, type Recording, type RecordingCloser, sealClosing } from "@govah/core/seal"
import { nodePrimitives as p } from "@govah/node"
import type { Desk } from "../desk.ts"
import { REPORT } from "./unit.ts"

/** What a recording leaves, as cells. */
export interface TestRecording {
  readonly recording: Recording
  /** Cells of the slices. */
  readonly cells: readonly Uint8Array[]
  /** Padding, annexes, closing root last. @param over - what a forger would change. */
  close(over?: Partial<RecordingCloser>): Promise<readonly Uint8Array[]>
  /** What follows the slices where the recording ends well, final root last. */
  finish(text: string): Promise<readonly Uint8Array[]>
}

/** A recording of an invited unit. */
export async function recordFor(
  desk: Desk,
  today: string,
  slices: readonly Uint8Array[],
): Promise<TestRecording> {
  const { text } = await desk.invite("test")
  const { card, secret } = await openInvitation(text, today, p)
  const seed = p.random(32)
  const recording = await createRecording(
    {
      draft: { ...REPORT, text: "draft" },
      type: "audio/webm",
      recipients: [recipientOn(card, today)],
      rules: { interopX25519: false },
      desk: desk.key,
      sender: { seed, invitation: secret },
    },
    p,
  )
  const file = new Uint8Array(
    CELL_BYTES * (1 + Math.ceil(slices.reduce((n, s) => n + s.length + 64, 0) / BODY_BYTES)),
  )
  for (const slice of slices) {
    const sealed = await recording.sealSlice(slice)
    for (const { at, bytes } of sealed.writes) file.set(bytes, at)
    sealed.settle()
  }
  const gap = await recording.fill()
  if (gap !== null) file.set(gap.bytes, gap.at)
  const cells = recording.ids.map((_, i) => file.slice(i * CELL_BYTES, (i + 1) * CELL_BYTES))
  return {
    recording,
    cells,
    close: async (over = {}) =>
      await bytesOf(sealClosing({ ...recording.closer, ...over }, recording.slices, recording.ids, p)),
    finish: async (said) =>
      await bytesOf(recording.finish({ report: { ...REPORT, text: said }, attachments: [], seed })),
  }
}

/** The name of the root that ends a list of cells. */
export async function rootOf(cells: readonly Uint8Array[]): Promise<CellId> {
  return await cellId(cells.at(-1) as Uint8Array, p)
}

async function bytesOf(cells: AsyncIterable<{ readonly bytes: Uint8Array }>): Promise<readonly Uint8Array[]> {
  const all: Uint8Array[] = []
  for await (const { bytes } of cells) all.push(bytes.slice())
  return all
}
