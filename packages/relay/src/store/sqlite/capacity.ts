import type { Slots } from "./slots.ts"
import type { Capacity } from "../port.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** Bytes used and left. Inside `slots.read` or `slots.write`. */
export function readCapacity(file: SqliteFile, slots: Slots): Capacity {
  const usedBytes = bytesFilled(file, slots)
  const freeBytes = withinBound(file, usedBytes, bytesLeft(file) + slots.countFree() * file.cellBytes)
  return { usedBytes, freeBytes, totalBytes: usedBytes + freeBytes }
}

/** The part of the capacity that more cells can have, with the rows that they will need, from 0 to 1. */
export function freeShare(file: SqliteFile, slots: Slots): number {
  const used = bytesFilled(file, slots) + countCells(slots) * ROW_BYTES
  const places = slots.countFree() + roomFor(file, slots)
  const free = withinBound(file, used, places * (file.cellBytes + ROW_BYTES))
  return free / (used + free)
}

/** How many cells may be put now, into places that are ready. */
export function countReady(file: SqliteFile, slots: Slots): number {
  const ready = slots.countReady()
  const within = withinBound(file, bytesFilled(file, slots), ready * file.cellBytes)
  return Math.floor(within / file.cellBytes)
}

/** How many places the file of bodies can be made longer by. */
export function roomFor(file: SqliteFile, slots: Slots): number {
  const rows = (countCells(slots) + slots.countFree()) * ROW_BYTES
  const left = bytesLeft(file) - SPARE_BYTES - rows
  return Math.max(0, Math.floor(left / (file.cellBytes + ROW_BYTES)))
}

function countCells(slots: Slots): number {
  return slots.spots.windows().reduce((sum, window) => sum + slots.spots.count(window), 0)
}

// What one cell costs in SQLite once its window has closed: its row, three indexes, and pages that are not quite full.
// Kept free for what lies in slots.
const ROW_BYTES = 400
// Left for the other shelves.
const SPARE_BYTES = 262_144

// By all but free places.
function bytesFilled(file: SqliteFile, slots: Slots): number {
  return Math.max(0, bytesUsed(file) - slots.countFree() * file.cellBytes)
}

// A bound that was lowered holds, although the files cannot be made smaller.
function withinBound(file: SqliteFile, filled: number, free: number): number {
  return file.maxBytes === 0 ? free : Math.max(0, Math.min(free, file.maxBytes - filled))
}

function bytesUsed(file: SqliteFile): number {
  const pages = file.pragma("page_count") - file.pragma("freelist_count")
  return pages * file.pragma("page_size") + file.countPlaces() * file.cellBytes
}

// By the store's own bound and the disk's; free pages in the file count as room.
function bytesLeft(file: SqliteFile): number {
  const onDisk = file.pragma("freelist_count") * file.pragma("page_size") + file.diskBytesLeft()
  return file.maxBytes === 0 ? onDisk : Math.max(0, Math.min(onDisk, file.maxBytes - bytesUsed(file)))
}
