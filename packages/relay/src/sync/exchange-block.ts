import { concatBytes, uint32Bytes } from "@govah/core/bytes"
import { CELL_BYTES } from "@govah/core/cell"
import type { Tombstone } from "../store/port.ts"
import type { DatedCell } from "./sync-wire.ts"

// One block of an exchange by hand, before it is veiled: a head, and 16,384 bytes of names, tombstones or one cell. All
// have one length, so that nobody can tell from a file what is in it.

const HEAD_BYTES = 64
const STORE_BYTES = 16
const ID_BYTES = 32
const TOMBSTONE_BYTES = 68

/** Bytes of every block. */
export const BLOCK_BYTES: number = HEAD_BYTES + CELL_BYTES
/** Names in a block. */
export const BLOCK_NAMES: number = CELL_BYTES / ID_BYTES
/** Tombstones in a block. */
export const BLOCK_TOMBSTONES: number = Math.floor(CELL_BYTES / TOMBSTONE_BYTES)

/** Who wrote a block. */
export interface BlockMaker {
  /** 16 random bytes that the store was given once. */
  readonly store: Uint8Array
  /** The day there, in days since 1970-01-01, and how many days it keeps. */
  readonly today: number
  readonly retentionDays: number
}

/** What a block holds. */
export type BlockBody =
  | { readonly kind: "names"; readonly ids: readonly Uint8Array[] }
  | { readonly kind: "tombstones"; readonly tombstones: readonly Tombstone[] }
  | ({ readonly kind: "cell" } & DatedCell)

const KINDS = ["names", "tombstones", "cell"] as const

/** The bytes of a block. */
export function formatBlock(maker: BlockMaker, body: BlockBody): Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES)
  const day = body.kind === "cell" ? body.day : 0
  block.set(Uint8Array.of(1, 1 + KINDS.indexOf(body.kind), ...uint16Bytes(countOf(body))))
  block.set(maker.store, 4)
  block.set(concatBytes(uint32Bytes(maker.today), uint32Bytes(maker.retentionDays), uint32Bytes(day)), 20)
  block.set(
    body.kind === "names"
      ? concatBytes(...body.ids)
      : body.kind === "cell"
        ? body.body
        : concatBytes(...body.tombstones.flatMap(({ id, token, day: on }) => [id, token, uint32Bytes(on)])),
    HEAD_BYTES,
  )
  return block
}

/**
 * Reads a block, or null where it is none, or of a version that is not known here. What it says is worth what the store
 * finds it to be.
 *
 * @param received - what was under a veil, attacker-controlled.
 */
export function parseBlock(
  received: Uint8Array,
): { readonly maker: BlockMaker; readonly body: BlockBody } | null {
  if (received.length !== BLOCK_BYTES || received[0] !== 1) return null
  const kind = KINDS[(received[1] as number) - 1]
  const view = new DataView(received.buffer, received.byteOffset)
  const count = view.getUint16(2)
  const maker = {
    store: received.slice(4, 4 + STORE_BYTES),
    today: view.getUint32(20),
    retentionDays: view.getUint32(24),
  }
  const rest = received.subarray(HEAD_BYTES)
  const records = (length: number): Uint8Array[] =>
    Array.from({ length: count }, (_, i) => rest.slice(i * length, (i + 1) * length))
  switch (kind) {
    case "names":
      return count > BLOCK_NAMES ? null : { maker, body: { kind, ids: records(ID_BYTES) } }
    case "tombstones": {
      if (count > BLOCK_TOMBSTONES) return null
      const tombstones = records(TOMBSTONE_BYTES).map((one) => ({
        id: one.subarray(0, ID_BYTES),
        token: one.subarray(ID_BYTES, 2 * ID_BYTES),
        day: new DataView(one.buffer, one.byteOffset).getUint32(2 * ID_BYTES),
      }))
      return { maker, body: { kind, tombstones } }
    }
    case "cell":
      return count !== 1 ? null : { maker, body: { kind, day: view.getUint32(28), body: rest.slice() } }
    default:
      return null
  }
}

function countOf(body: BlockBody): number {
  return body.kind === "names" ? body.ids.length : body.kind === "tombstones" ? body.tombstones.length : 1
}

function uint16Bytes(value: number): readonly [number, number] {
  return [value >> 8, value & 255]
}
