import { CELL_BYTES, type CellId } from "@govah/core/cell"
import type { Primitives } from "@govah/core/primitives"
import { MAX_SLICE_BYTES, type Recording, type RecordingEnd } from "@govah/core/seal"
import { noteAhead } from "../outbox/ahead.ts"
import { cellsOf, recordingOf, recordOf } from "../outbox/file-names.ts"
import type { Face } from "../outbox/face.ts"
import { type KeptRecord, writeKept } from "../outbox/parcel-record.ts"
import { blankEntry, dropEntries, writeEntry, writeRecordingHead } from "../outbox/recording-file.ts"
import { addChain } from "../replies/index.ts"
import { type DrawerFile, shred, withFile } from "../store/drawer.ts"
import type { LockedDrawer, LockedFile } from "../store/locked-drawer.ts"

/**
 * A recording on its way to disk, sealed.
 *
 * 1. A slice that `slice` resolved for survives a crash at any instant; after one, the next start sends what there is.
 * 2. No plaintext and no key that opens it is ever on the disk.
 * 3. Calls run one after another, in the order in which they were made.
 */
export interface Recorder {
  /**
   * Adds what was recorded since the last call: at most 2 s, so that a crash takes no more. Durable when it resolves.
   * Where it fails, the bytes are not part of the recording, and may be handed over again.
   *
   * @throws SealError `too-long`; whatever the disk throws.
   */
  slice(bytes: Uint8Array): Promise<void>
  /**
   * Ends the recording and keeps it, with its report and whatever else goes with it. Durable when it resolves.
   * Where it fails, it may be called again; until then a crash leaves the recording with its first draft.
   *
   * @returns the parcel's id in the outbox.
   * @throws SealError; whatever the disk throws, or reading an attachment.
   */
  finish(end: RecordingEnd, face?: Face | null): Promise<string>
  /** Erases the recording. It is gone for good when this resolves. */
  abandon(): Promise<void>
}

/** @param id - a name for the parcel that the outbox does not know yet. @param keptOn - YYYY-MM-DD. */
export async function createRecorder(
  drawer: LockedDrawer,
  id: string,
  recording: Recording,
  keptOn: string,
  primitives: Primitives,
): Promise<Recorder> {
  // While this is held no start in another process takes the recording for one that was cut.
  const letGo = await hold(drawer)
  let files: { readonly head: LockedFile; readonly cells: DrawerFile }
  try {
    files = await begin(drawer, id, recording, keptOn, primitives)
  } catch (error) {
    recording.forgetKeys()
    await letGo()
    throw error
  }
  const { head, cells } = files
  // Whether there may be an entry on the disk of a slice that is not part of the recording.
  let unsettledEntry = false
  let sealed: { readonly record: KeptRecord; readonly ids: readonly CellId[] } | null = null
  let phase: "recording" | "ending" | "over" = "recording"
  let queue: Promise<unknown> = Promise.resolve()

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work)
    queue = turn.catch(() => undefined)
    return turn
  }
  async function settleEntries(): Promise<void> {
    if (!unsettledEntry) return
    await blankEntry(head, recording.slices.length)
    unsettledEntry = false
  }
  async function addSlice(bytes: Uint8Array): Promise<void> {
    await settleEntries()
    const slice = await recording.sealSlice(bytes)
    for (const { at, bytes: ciphertext } of slice.writes) await cells.write(at, ciphertext)
    await cells.flush()
    unsettledEntry = true
    await writeEntry(head, slice.index, slice.plaintextBytes)
    unsettledEntry = false
    slice.settle()
  }
  async function sealEnd(end: RecordingEnd): Promise<NonNullable<typeof sealed>> {
    await settleEntries()
    const gap = await recording.fill()
    if (gap !== null) await cells.write(gap.at, gap.bytes)
    const ending = recording.finish(end)
    const ahead = noteAhead()
    for (let index = recording.ids.length; ; index++) {
      const next = await ending.next()
      if (next.done === true) {
        const { rootId, cellIds: ids, arrived } = next.value
        await cells.truncate(ids.length * CELL_BYTES)
        await cells.flush()
        const record = {
          state: "kept",
          rootId,
          cells: ids.length,
          keptOn,
          arrived,
          ahead: ahead.spans(),
        } as const
        return { record, ids }
      }
      ahead.note(index, next.value)
      await cells.write(index * CELL_BYTES, next.value.bytes)
    }
  }
  async function over(): Promise<void> {
    phase = "over"
    recording.forgetKeys()
    try {
      await head.close()
      await cells.close()
    } finally {
      await letGo()
    }
  }

  return {
    slice: (bytes) =>
      inTurn(async () => {
        if (phase !== "recording") throw new TypeError("the recording has ended")
        for (let at = 0; at < bytes.length; at += MAX_SLICE_BYTES) {
          await addSlice(bytes.subarray(at, at + MAX_SLICE_BYTES))
        }
      }),
    finish: (end, face = null) =>
      inTurn(async () => {
        if (phase === "over") throw new TypeError("the recording has ended")
        phase = "ending"
        // Sealed once: what a failing disk may have kept already must not get a second final root beside it.
        sealed ??= await sealEnd(end)
        const { record, ids } = sealed
        await withFile(drawer, recordOf(id), true, (file) => writeKept(file, record, ids, face))
        // Kept is kept: what is left of the recording is dead, and goes at the next start if not now.
        await over().catch(() => undefined)
        await shred(drawer, recordingOf(id)).catch(() => undefined)
        return id
      }),
    abandon: () =>
      inTurn(async () => {
        if (phase === "over") return
        phase = "ending"
        await shred(drawer, recordOf(id))
        await dropEntries(head)
        await over()
        await shred(drawer, recordingOf(id))
        await shred(drawer, cellsOf(id))
      }),
  }
}

async function begin(
  drawer: LockedDrawer,
  id: string,
  recording: Recording,
  keptOn: string,
  primitives: Primitives,
): Promise<{ head: LockedFile; cells: DrawerFile }> {
  const head = await created(drawer, recordingOf(id))
  try {
    const cells = await created(drawer, cellsOf(id))
    try {
      if (recording.reply !== null) await addChain(drawer, recording.reply, primitives)
      await writeRecordingHead(head, recording, keptOn)
      return { head, cells }
    } catch (error) {
      await cells.close()
      throw error
    }
  } catch (error) {
    await head.close()
    // Without a slice it is nothing, and the next start removes what stays.
    for (const name of [recordingOf(id), cellsOf(id)]) await drawer.remove(name).catch(() => undefined)
    throw error
  }
}

async function created(drawer: LockedDrawer, name: string): Promise<LockedFile> {
  const file = await drawer.open(name, true)
  if (file === null) throw new TypeError("a drawer did not create a file")
  return file
}

async function hold(drawer: LockedDrawer): Promise<() => Promise<void>> {
  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let using: Promise<void> = Promise.resolve()
  await new Promise<void>((begun, failed) => {
    using = drawer.inUse(async () => {
      begun()
      await held
    })
    using.catch(failed)
  })
  return async () => {
    letGo()
    await using
  }
}
