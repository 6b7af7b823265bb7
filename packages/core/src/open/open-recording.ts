import type { CellId } from "../cell/index.ts"
import { type ClosingBody, ClosingBodySchema } from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import type { Report } from "../report/index.ts"
import type { GetCell } from "./cell-reading.ts"
import { type AnnexState, openAnnex } from "./open-annex.ts"
import { OpenError } from "./open-error.ts"
import type { AttachmentToOpen } from "./open-parcel.ts"
import type { OpenedClosing, OpenedProvisional } from "./open-root.ts"

/** A report whose recording a crash cut: what was known at its start, and the recording but for its last slice. */
export interface CutRecording {
  readonly report: Report
  readonly attachments: readonly AttachmentToOpen[]
  readonly padding: string
}

/** What is known of a recording that a crash cut. */
export type RecordingState =
  | { readonly state: "whole"; readonly body: CutRecording; readonly annexCells: readonly CellId[] }
  | { readonly state: "waiting"; readonly missing: readonly CellId[] }

/**
 * Whether a closing root belongs to a provisional one: it names its cell, shares its parcel, and is signed by the
 * one-time key that the provisional root names.
 *
 * @param provisionalId - the id of the provisional root's cell.
 */
export function closes(
  closing: OpenedClosing,
  provisional: OpenedProvisional,
  provisionalId: CellId,
): boolean {
  return (
    closing.signatureValid &&
    closing.document.provisional === provisionalId &&
    closing.document.parcel === provisional.document.parcel &&
    closing.document.closer === provisional.document.recording.closer
  )
}

/**
 * Reads which cells a closing root names: all that is known of a recording while its provisional root has not arrived.
 *
 * @throws OpenError `tampered`, `malformed`, `too-long`.
 */
export async function openClosing(
  { document }: OpenedClosing,
  getCell: GetCell,
  primitives: Primitives,
): Promise<AnnexState<ClosingBody>> {
  if ("closing" in document) return { state: "whole", contents: document.closing, annexCells: [] }
  return await openAnnex(document.annex, ClosingBodySchema, getCell, primitives)
}

/**
 * Reads what a provisional and a closing root say together.
 *
 * @returns `waiting` with the ids of annex cells that have not arrived.
 * @throws OpenError `wrong-closer` where they do not belong together; `tampered`, `malformed`, `too-long`.
 */
export async function openRecording(
  provisional: { readonly root: OpenedProvisional; readonly id: CellId },
  closing: OpenedClosing,
  getCell: GetCell,
  primitives: Primitives,
): Promise<RecordingState> {
  if (!closes(closing, provisional.root, provisional.id)) {
    throw new OpenError("wrong-closer", "the closing root is not signed by the one-time key of its recording")
  }
  const { recording } = provisional.root.document
  const join = (contents: ClosingBody): CutRecording => ({
    report: recording.report,
    attachments: [
      {
        type: recording.type,
        bytes: contents.slices.reduce((sum, bytes) => sum + bytes, 0),
        sha256: null,
        key: recording.key,
        slices: contents.slices,
        cells: contents.cells,
      },
    ],
    padding: contents.padding,
  })
  const opened = await openClosing(closing, getCell, primitives)
  if (opened.state === "waiting") return opened
  return { state: "whole", body: join(opened.contents), annexCells: opened.annexCells }
}
