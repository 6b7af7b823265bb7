import { concatBytes, fromBase64Url, fromHex, type Json, toBase64Url, toHex } from "@govah/core/bytes"
import { type CellId, parseCellId } from "@govah/core/cell"
import { SEAL_BYTES } from "@govah/core/lock"
import type { LockedFile } from "../store/locked-drawer.ts"
import { asFace, type Face, faceJson } from "./face.ts"
import { OutboxError } from "./outbox-error.ts"
import { asSpans, type CellSpan } from "./ahead.ts"
import { decodeSlot, encodeSlot, isBlank } from "../store/slot.ts"

/*
 * A record file: two copies of the kept slot, one arrived slot, the face, then the ids of the cells in order, 32 bytes each and
 * 1,024 to a seal.
 *
 *      0  kept slot          1024  the same again          2048  arrived slot          4096  face
 *  12288  ids
 *
 * The first kept slot is written last, after cells and ids are durable: it is what makes a parcel kept. The arrived
 * slot outweighs both: it is what makes a parcel arrived, and it holds no secret.
 */
const SLOT_BYTES = 1024
const ARRIVED_AT = 2048
const FACE_AT = 4096
const FACE_BYTES = 8192
const IDS_AT: number = FACE_AT + FACE_BYTES
const ID_BYTES = 32
const KEPT = "kept"
const ARRIVED = "arrived"
const FACE = "face"
// A recording of 1 GiB has 65,000 cells: their ids are not all spelt out at once.
const IDS_AT_ONCE = 1024
const idsAt = (first: number): number => IDS_AT + first * ID_BYTES + (first / IDS_AT_ONCE) * SEAL_BYTES
const idsPart = (first: number): string => `ids-${first / IDS_AT_ONCE}`

/** What is remembered of a kept parcel. Nothing of it opens the parcel. */
export interface KeptRecord {
  readonly state: "kept"
  readonly rootId: CellId
  /** Number of cells. */
  readonly cells: number
  /** YYYY-MM-DD. */
  readonly keptOn: string
  /** The secret that knows the receipt, 32 bytes. */
  readonly arrived: Uint8Array
  /** Cells that travel before the others. */
  readonly ahead: readonly CellSpan[]
}

/** What is remembered of a parcel that the desk has: neither its name nor its secret. */
export interface ArrivedRecord {
  readonly state: "arrived"
  readonly cells: number
  readonly keptOn: string
}

/**
 * `unfinished`: never said to be kept; may be removed. `damaged`: was kept, and its record has rotted; never removed.
 */
export type RecordState =
  | KeptRecord
  | ArrivedRecord
  | { readonly state: "unfinished" }
  | { readonly state: "damaged" }

/** Writes a record; the parcel is kept when this returns. Its cells are durable before it is called. */
export async function writeKept(
  file: LockedFile,
  record: KeptRecord,
  ids: readonly CellId[],
  face: Face | null,
): Promise<void> {
  for (let first = 0; first < ids.length; first += IDS_AT_ONCE) {
    const some = ids.slice(first, first + IDS_AT_ONCE)
    const bytes = concatBytes(...some.map((id) => fromHex(id) as Uint8Array))
    await file.write(idsAt(first), await file.seals.seal(idsPart(first), bytes))
  }
  // Written whether or not there is one: it looks the same.
  await writeFace(file, face)
  const value: Json = {
    ahead: record.ahead.map(([first, count]) => [first, count]),
    arrived: toBase64Url(record.arrived),
    cells: record.cells,
    keptOn: record.keptOn,
    root: record.rootId,
    v: 1,
  }
  const slot = await encodeSlot(value, SLOT_BYTES, file.seals, KEPT)
  await file.write(0, slot)
  await file.flush()
  // The second copy is for the years, not for the crash: a flipped bit must not turn a kept parcel into an unfinished one.
  await file.write(SLOT_BYTES, slot)
  await file.flush()
}

/** Replaces the face, durably; null erases it. A crash may leave none. */
export async function writeFace(file: LockedFile, face: Face | null): Promise<void> {
  await file.write(FACE_AT, await encodeSlot(faceJson(face), FACE_BYTES, file.seals, FACE))
  await file.flush()
}

/** The face of a kept parcel, or null. */
export async function readFace(file: LockedFile): Promise<Face | null> {
  return asFace(await decodeSlot(await file.read(FACE_AT, FACE_BYTES), file.seals, FACE))
}

/** Marks a parcel as arrived in one step, then wipes what would tie it to its cells or its receipt. */
export async function writeArrived(file: LockedFile, record: ArrivedRecord): Promise<void> {
  const value: Json = { cells: record.cells, keptOn: record.keptOn, v: 1 }
  await file.write(ARRIVED_AT, await encodeSlot(value, SLOT_BYTES, file.seals, ARRIVED))
  await file.flush()
  await wipeKept(file)
}

/** Wipes everything but the arrived slot. Harmless to repeat. */
export async function wipeKept(file: LockedFile): Promise<void> {
  if ((await file.size()) <= FACE_AT && isBlank(await file.read(0, 2 * SLOT_BYTES))) return
  await file.write(0, new Uint8Array(2 * SLOT_BYTES))
  const rest = (await file.size()) - FACE_AT
  if (rest > 0) await file.write(FACE_AT, new Uint8Array(rest))
  await file.flush()
  await file.truncate(FACE_AT)
  await file.flush()
}

/** Reads what a record file says. */
export async function readRecord(file: LockedFile): Promise<RecordState> {
  const arrived = asArrived(await slotAt(file, ARRIVED_AT, ARRIVED))
  if (arrived !== null) return arrived
  for (const at of [0, SLOT_BYTES]) {
    const kept = asKept(await slotAt(file, at, KEPT))
    if (kept !== null) return kept
  }
  const second = await file.read(SLOT_BYTES, SLOT_BYTES)
  return { state: isBlank(second) ? "unfinished" : "damaged" }
}

/** The ids of a kept parcel's cells, in the order in which the cells lie. */
export async function readIds(file: LockedFile, cells: number): Promise<readonly CellId[]> {
  const ids: CellId[] = []
  for (let first = 0; first < cells; first += IDS_AT_ONCE) {
    const some = Math.min(IDS_AT_ONCE, cells - first)
    const sealed = await file.read(idsAt(first), some * ID_BYTES + SEAL_BYTES)
    const bytes = await file.seals.open(idsPart(first), sealed)
    if (bytes === null) throw new OutboxError("damaged", "the record of this parcel is damaged")
    for (let at = 0; at < bytes.length; at += ID_BYTES) {
      ids.push(toHex(bytes.subarray(at, at + ID_BYTES)) as CellId)
    }
  }
  return ids
}

async function slotAt(file: LockedFile, at: number, part: string): Promise<Json | null> {
  const slot = await file.read(at, SLOT_BYTES)
  return slot.length === SLOT_BYTES ? await decodeSlot(slot, file.seals, part) : null
}

function asKept(json: Json | null): KeptRecord | null {
  const { ahead, arrived, cells, keptOn, root } = (json ?? {}) as Record<string, Json | undefined>
  const secret = typeof arrived === "string" ? fromBase64Url(arrived) : null
  const rootId = typeof root === "string" ? parseCellId(root) : null
  const spans = asSpans(ahead)
  if (secret === null || rootId === null || spans === null) return null
  if (typeof cells !== "number" || typeof keptOn !== "string") return null
  return { state: "kept", rootId, cells, keptOn, arrived: secret, ahead: spans }
}

function asArrived(json: Json | null): ArrivedRecord | null {
  const { cells, keptOn } = (json ?? {}) as Record<string, Json | undefined>
  if (typeof cells !== "number" || typeof keptOn !== "string") return null
  return { state: "arrived", cells, keptOn }
}
