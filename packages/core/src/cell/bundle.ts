import { CELL_BYTES } from "./cell.ts"

/** What a received bundle holds. */
export interface Bundle {
  /** Views into the received bytes, each exactly one cell long, unchecked. */
  readonly cells: readonly Uint8Array[]
  /** Bytes after the last whole cell: a cut transfer. They are ignored, never guessed at. */
  readonly cutBytes: number
}

/**
 * Splits a bundle: cells one after another, nothing before, between or after.
 *
 * A bundle is a set: truncation, repetition, order and mixing change nothing but what is missing.
 *
 * @param received - any length, attacker-controlled; the caller bounds it.
 */
export function splitBundle(received: Uint8Array): Bundle {
  const count = Math.floor(received.length / CELL_BYTES)
  const cells: Uint8Array[] = []
  for (let i = 0; i < count; i++) cells.push(received.subarray(i * CELL_BYTES, (i + 1) * CELL_BYTES))
  return { cells, cutBytes: received.length - count * CELL_BYTES }
}

/**
 * One bit a cell, most significant bit first, in the order of the bundle. Bits past the last cell are 0.
 */
export function encodeBitmap(bits: readonly boolean[]): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(bits.length / 8))
  bits.forEach((bit, i) => {
    if (bit) bitmap[i >> 3] = (bitmap[i >> 3] as number) | (0x80 >> (i & 7))
  })
  return bitmap
}

/**
 * Reads a bitmap for `count` cells, or null where its length is wrong or a bit past the last cell is set.
 */
export function decodeBitmap(received: Uint8Array, count: number): readonly boolean[] | null {
  if (received.length !== Math.ceil(count / 8)) return null
  const bits: boolean[] = []
  for (let i = 0; i < received.length * 8; i++) {
    const bit = ((received[i >> 3] as number) & (0x80 >> (i & 7))) !== 0
    if (i < count) bits.push(bit)
    else if (bit) return null
  }
  return bits
}
