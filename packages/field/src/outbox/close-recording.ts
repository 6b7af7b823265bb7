import { CELL_BYTES, type CellId, cellId } from "@govah/core/cell"
import type { Primitives } from "@govah/core/primitives"
import { type SealedCell, sealClosing, tailOf } from "@govah/core/seal"
import { type DrawerFile, shred, withFile } from "../store/drawer.ts"
import type { LockedDrawer } from "../store/locked-drawer.ts"
import { noteAhead } from "./ahead.ts"
import { cellsOf, recordingOf, recordOf } from "./file-names.ts"
import { readRecord, writeKept } from "./parcel-record.ts"
import { readRecordingFile, type UnendedRecording } from "./recording-file.ts"

/**
 * Ends a recording that a crash cut: seals its closing root from what is no secret, and keeps both roots with the cells
 * in one step; only then can any of it be sent. Where its final root was kept, erases what is left of the recording.
 *
 * May be cut itself at any instant and called again.
 *
 * @returns whether a recording was kept by this call.
 */
export async function closeRecording(
  drawer: LockedDrawer,
  id: string,
  primitives: Primitives,
): Promise<boolean> {
  const record = await withFile(drawer, recordOf(id), false, readRecord)
  if (record?.state === "damaged") return false
  if (record?.state === "kept" || record?.state === "arrived") {
    await shred(drawer, recordingOf(id))
    return false
  }
  const recording = await withFile(drawer, recordingOf(id), false, (file) =>
    readRecordingFile(file, primitives),
  )
  if (recording === null || recording.state === "damaged") return false
  const isKept = recording.state === "begun" && recording.slices.length > 0
  if (isKept) {
    await keepClosed(drawer, id, recording, primitives)
  } else {
    await shred(drawer, cellsOf(id))
  }
  await shred(drawer, recordingOf(id))
  return isKept
}

async function keepClosed(
  drawer: LockedDrawer,
  id: string,
  recording: UnendedRecording,
  primitives: Primitives,
): Promise<void> {
  const { closer, slices, arrived, keptOn } = recording
  const kept = await withFile(drawer, cellsOf(id), false, async (file) => {
    const ids = await fillUp(file, slices, primitives)
    const closing = sealClosing(closer, slices, [...ids], primitives)
    const ahead = noteAhead()
    const add = async (cell: SealedCell): Promise<void> => {
      ahead.note(ids.length, cell)
      await file.write(ids.length * CELL_BYTES, cell.bytes)
      ids.push(cell.id)
    }
    await add({ id: closer.provisional, bytes: recording.provisional, isAhead: true })
    for (;;) {
      const next = await closing.next()
      if (next.done === true) {
        await file.truncate(ids.length * CELL_BYTES)
        await file.flush()
        return { ids, rootId: next.value, ahead: ahead.spans() }
      }
      await add(next.value)
    }
  })
  if (kept === null) throw new Error("the cells of a recording are gone")
  const { rootId, ahead } = kept
  const record = { state: "kept", rootId, cells: kept.ids.length, keptOn, arrived, ahead } as const
  await withFile(drawer, recordOf(id), true, (file) => writeKept(file, record, kept.ids, null))
}

// The gap in the last cell may hold what a crash left of a slice that was never kept.
async function fillUp(
  file: DrawerFile,
  slices: readonly number[],
  primitives: Primitives,
): Promise<CellId[]> {
  const { cells, gapAt, gapBytes } = tailOf(slices)
  if (gapBytes > 0) await file.write(gapAt, primitives.random(gapBytes))
  const ids: CellId[] = []
  for (let index = 0; index < cells; index++) {
    ids.push(await cellId(await file.read(index * CELL_BYTES, CELL_BYTES), primitives))
  }
  return ids
}
