import { concatBytes, uint32Bytes } from "@govah/core/bytes"
import { CELL_BYTES, decodeBitmap, encodeBitmap } from "@govah/core/cell"
import { MAX_ANSWER_BYTES, MAX_REQUEST_BYTES } from "@govah/core/reconcile"
import type { Tombstone } from "../store/port.ts"

/** Most cells in one request or answer: 1 MiB, as in a post. */
export const MAX_SYNC_CELLS = 64
/** Most tombstones in one request or answer. */
export const MAX_SYNC_TOMBSTONES = 512

const ID_BYTES = 32
const DAY_BYTES = 4
const DATED_CELL_BYTES = DAY_BYTES + CELL_BYTES
const TOMBSTONE_BYTES = ID_BYTES + ID_BYTES + DAY_BYTES
const PROOF_BYTES = ID_BYTES + DAY_BYTES

/** Longest request, in bytes. */
export const MAX_SYNC_BYTES: number = Math.max(
  1 + MAX_SYNC_CELLS * DATED_CELL_BYTES,
  1 + MAX_SYNC_TOMBSTONES * TOMBSTONE_BYTES,
  6 + MAX_REQUEST_BYTES,
)

/** Longest answer, in bytes. */
export const MAX_SYNC_ANSWER_BYTES: number = Math.max(
  MAX_SYNC_CELLS / 8 + MAX_SYNC_CELLS * DATED_CELL_BYTES,
  MAX_SYNC_TOMBSTONES / 8 + MAX_SYNC_TOMBSTONES * PROOF_BYTES,
  MAX_ANSWER_BYTES,
)

/** What is compared: cells that are kept, or cells that are forgotten. */
export type SyncKind = "cells" | "tombstones"

/** A cell as it crosses: without its id, which its bytes say. */
export interface DatedCell {
  /** Days since 1970-01-01. */
  readonly day: number
  readonly body: Uint8Array
}

/** What one relay asks another. */
export type SyncRequest =
  | { readonly op: "hello" }
  | { readonly op: "compare"; readonly kind: SyncKind; readonly since: number; readonly message: Uint8Array }
  | { readonly op: "read-cells" | "read-tombstones"; readonly ids: readonly Uint8Array[] }
  | { readonly op: "put-cells"; readonly cells: readonly DatedCell[] }
  | { readonly op: "put-tombstones"; readonly tombstones: readonly Tombstone[] }

/** How long a relay keeps, and what day it is there. */
export interface SyncHello {
  readonly today: number
  readonly retentionDays: number
}

const OPS = ["hello", "compare", "read-cells", "read-tombstones", "put-cells", "put-tombstones"] as const
const KINDS = ["cells", "tombstones"] as const

/** The bytes of a request. */
export function formatSyncRequest(request: SyncRequest): Uint8Array {
  const op = Uint8Array.of(1 + OPS.indexOf(request.op))
  switch (request.op) {
    case "hello":
      return op
    case "compare":
      return concatBytes(
        op,
        Uint8Array.of(1 + KINDS.indexOf(request.kind)),
        uint32Bytes(request.since),
        request.message,
      )
    case "read-cells":
    case "read-tombstones":
      return concatBytes(op, ...request.ids)
    case "put-cells":
      return concatBytes(op, ...request.cells.flatMap(({ day, body }) => [uint32Bytes(day), body]))
    case "put-tombstones":
      return concatBytes(
        op,
        ...request.tombstones.flatMap(({ id, token, day }) => [id, token, uint32Bytes(day)]),
      )
  }
}

/** Reads a request, or null where it is none. @param received - controlled by whoever holds a capability. */
export function parseSyncRequest(received: Uint8Array): SyncRequest | null {
  const op = OPS[(received[0] ?? 0) - 1]
  const rest = received.subarray(1)
  switch (op) {
    case "hello":
      return rest.length === 0 ? { op } : null
    case "compare": {
      const kind = KINDS[(rest[0] ?? 0) - 1]
      if (kind === undefined || rest.length < 5) return null
      return { op, kind, since: uint32At(rest, 1), message: rest.subarray(5) }
    }
    case "read-cells":
    case "read-tombstones": {
      const ids = records(rest, ID_BYTES, op === "read-cells" ? MAX_SYNC_CELLS : MAX_SYNC_TOMBSTONES)
      return ids === null ? null : { op, ids }
    }
    case "put-cells": {
      const cells = records(rest, DATED_CELL_BYTES, MAX_SYNC_CELLS)?.map((one) => ({
        day: uint32At(one, 0),
        body: one.subarray(DAY_BYTES),
      }))
      return cells === undefined ? null : { op, cells }
    }
    case "put-tombstones": {
      const tombstones = records(rest, TOMBSTONE_BYTES, MAX_SYNC_TOMBSTONES)?.map((one) => ({
        id: one.subarray(0, ID_BYTES),
        token: one.subarray(ID_BYTES, 2 * ID_BYTES),
        day: uint32At(one, 2 * ID_BYTES),
      }))
      return tombstones === undefined ? null : { op, tombstones }
    }
    default:
      return null
  }
}

/** The answer to `hello`: version, day and days. */
export function formatHello({ today, retentionDays }: SyncHello): Uint8Array {
  return concatBytes(Uint8Array.of(1), uint32Bytes(today), uint32Bytes(retentionDays))
}

/** Reads the answer to `hello`, or null where it is none. */
export function parseHello(received: Uint8Array): SyncHello | null {
  if (received.length !== 9 || received[0] !== 1) return null
  return { today: uint32At(received, 1), retentionDays: uint32At(received, 5) }
}

/** The answer to `read-cells`: which are here, and those, in the order asked. */
export function formatCells(cells: readonly (DatedCell | null)[]): Uint8Array {
  return concatBytes(
    encodeBitmap(cells.map((cell) => cell !== null)),
    ...cells.flatMap((cell) => (cell === null ? [] : [uint32Bytes(cell.day), cell.body])),
  )
}

/** Reads the answer to `read-cells` for so many ids, or null where it is none. What each cell is, its hash says. */
export function parseCells(received: Uint8Array, count: number): readonly (DatedCell | null)[] | null {
  return withHoles(received, count, DATED_CELL_BYTES, (one) => ({
    day: uint32At(one, 0),
    body: one.subarray(DAY_BYTES),
  }))
}

/** The answer to `read-tombstones`: which are here, and their tokens and days. */
export function formatTombstones(tombstones: readonly (Tombstone | null)[]): Uint8Array {
  return concatBytes(
    encodeBitmap(tombstones.map((one) => one !== null)),
    ...tombstones.flatMap((one) => (one === null ? [] : [one.token, uint32Bytes(one.day)])),
  )
}

/** Reads the answer to `read-tombstones`, or null where it is none. Whether a token fits, the store finds out. */
export function parseTombstones(
  received: Uint8Array,
  ids: readonly Uint8Array[],
): readonly (Tombstone | null)[] | null {
  const proofs = withHoles(received, ids.length, PROOF_BYTES, (one) => ({
    token: one.slice(0, ID_BYTES),
    day: uint32At(one, ID_BYTES),
  }))
  return proofs?.map((proof, i) => (proof === null ? null : { id: ids[i] as Uint8Array, ...proof })) ?? null
}

function records(bytes: Uint8Array, length: number, max: number): readonly Uint8Array[] | null {
  const count = bytes.length / length
  if (!Number.isInteger(count) || count < 1 || count > max) return null
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * length, (i + 1) * length))
}

function withHoles<T>(
  received: Uint8Array,
  count: number,
  length: number,
  read: (record: Uint8Array) => T,
): readonly (T | null)[] | null {
  const bitmapBytes = Math.ceil(count / 8)
  const bits = decodeBitmap(received.subarray(0, bitmapBytes), count)
  if (bits === null) return null
  const present = bits.filter(Boolean).length
  if (received.length !== bitmapBytes + present * length) return null
  let at = bitmapBytes
  return bits.map((bit) => {
    if (!bit) return null
    at += length
    return read(received.subarray(at - length, at))
  })
}

function uint32At(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at)
}
