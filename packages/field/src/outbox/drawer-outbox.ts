import { CELL_BYTES, type CellId, cellId } from "@govah/core/cell"
import { toHex } from "@govah/core/bytes"
import type { Primitives } from "@govah/core/primitives"
import type { SealedCell, SealedParcel } from "@govah/core/seal"
import { addChain } from "../replies/index.ts"
import { shred, withFile } from "../store/drawer.ts"
import type { LockedDrawer, LockedFile } from "../store/locked-drawer.ts"
import { type Acknowledged, readAcknowledged, writeAcknowledged } from "./acknowledged.ts"
import { type CellSpan, isAhead, noteAhead } from "./ahead.ts"
import { closeRecording } from "./close-recording.ts"
import { ackedOf, cellsOf, idsOf, recordOf } from "./file-names.ts"
import type { KeptCell, Outbox, OutboxParcel } from "./outbox.ts"
import { OutboxError } from "./outbox-error.ts"
import { addArrived, dropArrived, readArrived } from "./arrived-list.ts"
import type { Face } from "./face.ts"
import {
  type ArrivedRecord,
  type KeptRecord,
  type RecordState,
  readIds,
  readFace,
  readRecord,
  wipeKept,
  writeArrived,
  writeFace,
  writeKept,
} from "./parcel-record.ts"

/**
 * An outbox in a drawer. Opening it finishes what a crash cut: half-kept parcels go, half-erased ones are erased, and
 * a recording that was cut gets its closing root.
 *
 * @param drawer - may be shared with other files of other names.
 */
export async function openOutbox(drawer: LockedDrawer, primitives: Primitives): Promise<Outbox> {
  const closedAtStart: string[] = []
  await drawer.ifIdle(async () => {
    closedAtStart.push(...(await finishWhatWasCut(drawer, primitives)))
  })

  async function withRecord<T>(
    id: string,
    work: (file: LockedFile, record: KeptRecord) => Promise<T>,
  ): Promise<T> {
    const found = await withFile(drawer, recordOf(id), false, async (file) => {
      const record = await readRecord(file)
      if (record.state === "damaged") throw new OutboxError("damaged", "the record of this parcel is damaged")
      return record.state === "kept" ? { result: await work(file, record) } : null
    })
    if (found === null) throw new OutboxError("no-such-parcel", "there is no such parcel waiting here")
    return found.result
  }
  const cells = (id: string): Promise<readonly KeptCell[]> =>
    withRecord(id, async (file, record) => numbered(await readIds(file, record.cells), record.ahead))

  return {
    keep: (sealing, keptOn, face = null) =>
      drawer.inUse(() => keepParcel(drawer, sealing, keptOn, face, primitives)),
    closedAtStart,
    recordings: async () => {
      const ended = new Set(await idsOf(drawer, "record-"))
      return (await idsOf(drawer, "recording-")).filter((id) => !ended.has(id))
    },
    list: async () => {
      const parcels: OutboxParcel[] = []
      for (const id of await idsOf(drawer, "record-")) {
        const record = await withFile(drawer, recordOf(id), false, readRecord)
        if (record === null || record.state === "unfinished") continue
        parcels.push(await describe(drawer, id, record))
      }
      for (const { id, cells, keptOn } of await readArrived(drawer)) {
        if (parcels.every((parcel) => parcel.id !== id))
          parcels.push({ id, state: "arrived", cells, keptOn, acknowledged: new Map(), face: null })
      }
      return parcels.sort((a, b) => (a.keptOn < b.keptOn ? -1 : a.keptOn > b.keptOn ? 1 : 0))
    },
    cells,
    unacknowledged: async (id, relay) => {
      const all = await cells(id)
      const held = (await readAcknowledged(drawer, ackedOf(id), all.length)).get(relay)
      return all.filter((cell) => held?.[cell.index] !== true)
    },
    readCell: async (id, { index, id: name }) => {
      const cell = await withFile(drawer, cellsOf(id), false, (file) =>
        file.read(index * CELL_BYTES, CELL_BYTES),
      )
      if (cell === null) throw new OutboxError("no-such-parcel", "there is no such parcel waiting here")
      if ((await cellId(cell, primitives)) !== name) {
        throw new OutboxError("damaged", `cell ${index} of a kept parcel was changed on this disk`)
      }
      return cell
    },
    acknowledge: async (id, relay, indexes) => {
      const record = await withFile(drawer, recordOf(id), false, readRecord)
      if (record?.state !== "kept") return
      const count = record.cells
      const known = new Map(await readAcknowledged(drawer, ackedOf(id), count))
      const bits = [...(known.get(relay) ?? Array.from({ length: count }, () => false))]
      for (const index of indexes) bits[index] = true
      known.set(relay, bits)
      await writeAcknowledged(drawer, ackedOf(id), known)
    },
    settle: async (isArrived) => {
      const settled: string[] = []
      for (const id of await idsOf(drawer, "record-")) {
        const marked = await withFile(drawer, recordOf(id), false, async (file) => {
          const record = await readRecord(file)
          if (record.state !== "kept" || !isArrived(record.arrived)) return false
          const { cells: count, keptOn } = record
          const arrived: ArrivedRecord = { state: "arrived", cells: count, keptOn }
          await writeArrived(file, arrived)
          return arrived
        })
        if (marked === null || marked === false) continue
        await putAway(drawer, id, marked)
        settled.push(id)
      }
      return settled
    },
    forgetFaces: async () => {
      for (const id of await idsOf(drawer, "record-")) {
        await withFile(drawer, recordOf(id), false, async (file) => {
          if ((await readRecord(file)).state === "kept") await writeFace(file, null)
        })
      }
    },
    erase: async (id) => {
      await dropArrived(drawer, id)
      await shred(drawer, recordOf(id))
      await removeCells(drawer, id)
    },
  }
}

async function keepParcel(
  drawer: LockedDrawer,
  sealing: AsyncGenerator<SealedCell, SealedParcel, void>,
  keptOn: string,
  face: Face | null,
  primitives: Primitives,
): Promise<string> {
  const id = toHex(primitives.random(6))
  const ids: CellId[] = []
  const ahead = noteAhead()
  const sealed = await withFile(drawer, cellsOf(id), true, async (file) => {
    for (;;) {
      const next = await sealing.next()
      if (next.done === true) {
        await file.flush()
        return next.value
      }
      await file.write(ids.length * CELL_BYTES, next.value.bytes)
      ahead.note(ids.length, next.value)
      ids.push(next.value.id)
    }
  }).catch(async (error: unknown) => {
    // What is left of it opens nothing and is removed at the next start; only tidiness asks for more, so a disk that
    // fails again here must not hide why the sealing failed.
    await drawer.remove(cellsOf(id)).catch(() => undefined)
    throw error
  })
  if (sealed === null) throw new TypeError("a drawer did not create a file")
  const record: KeptRecord = {
    state: "kept",
    rootId: sealed.rootId,
    cells: ids.length,
    keptOn,
    arrived: sealed.arrived,
    ahead: ahead.spans(),
  }
  // Before the record: a parcel that is kept can always be replied to.
  if (sealed.reply !== null) await addChain(drawer, sealed.reply, primitives)
  await withFile(drawer, recordOf(id), true, (file) => writeKept(file, record, ids, face))
  return id
}

async function describe(
  drawer: LockedDrawer,
  id: string,
  record: Exclude<RecordState, { state: "unfinished" }>,
): Promise<OutboxParcel> {
  if (record.state === "damaged") {
    return { id, state: "damaged", cells: 0, keptOn: "", acknowledged: new Map(), face: null }
  }
  const { state, cells, keptOn } = record
  if (state === "arrived") return { id, state, cells, keptOn, acknowledged: new Map(), face: null }
  const flags: Acknowledged = await readAcknowledged(drawer, ackedOf(id), cells)
  const acknowledged = new Map<string, number>()
  for (const [relay, bits] of flags) acknowledged.set(relay, bits.filter(Boolean).length)
  const face = await withFile(drawer, recordOf(id), false, readFace)
  return { id, state, cells, keptOn, acknowledged, face }
}

/** @returns the ids of recordings that it closed. */
async function finishWhatWasCut(drawer: LockedDrawer, primitives: Primitives): Promise<readonly string[]> {
  const closed: string[] = []
  for (const id of await idsOf(drawer, "recording-")) {
    // A disk that is full or fails now must not stop what can be done without it: the next start tries again.
    if (await closeRecording(drawer, id, primitives).catch(() => false)) closed.push(id)
  }
  for (const id of await idsOf(drawer, "record-")) {
    const record = await withFile(drawer, recordOf(id), false, async (file) => {
      const read = await readRecord(file)
      if (read.state === "arrived") await wipeKept(file)
      return read
    })
    if (record?.state === "unfinished") await drawer.remove(recordOf(id))
    if (record?.state === "arrived") await putAway(drawer, id, record)
  }
  const records = new Set([...(await idsOf(drawer, "record-")), ...(await idsOf(drawer, "recording-"))])
  for (const prefix of ["cells-", "acked-"]) {
    for (const id of await idsOf(drawer, prefix)) if (!records.has(id)) await drawer.remove(prefix + id)
  }
  return closed
}

/** What has arrived has no file of its own: how many did shows nowhere. */
async function putAway(drawer: LockedDrawer, id: string, { cells, keptOn }: ArrivedRecord): Promise<void> {
  await removeCells(drawer, id)
  await addArrived(drawer, { id, cells, keptOn })
  await shred(drawer, recordOf(id))
}

async function removeCells(drawer: LockedDrawer, id: string): Promise<void> {
  await shred(drawer, cellsOf(id))
  await drawer.remove(ackedOf(id))
}

function numbered(ids: readonly CellId[], ahead: readonly CellSpan[]): readonly KeptCell[] {
  return ids.map((id, index) => ({ index, id, isAhead: isAhead(ahead, index) }))
}
