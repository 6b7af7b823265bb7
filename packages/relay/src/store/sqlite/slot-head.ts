/** What the head of a full slot says. */
export interface SlotHead {
  /** 32 bytes. */
  readonly id: Uint8Array
  /** 32 bytes. */
  readonly commitment: Uint8Array
  /** Days since 1970-01-01. */
  readonly day: number
  readonly window: number
}

/** Bytes of every head. A free slot's are all zero. */
export const HEAD_BYTES = 76

/** The head of a full slot. */
export function encodeHead({ id, commitment, day, window }: SlotHead): Uint8Array {
  const head = new Uint8Array(HEAD_BYTES)
  head.set(id)
  head.set(commitment, 32)
  const view = new DataView(head.buffer)
  view.setUint32(64, day)
  view.setBigUint64(68, BigInt(window))
  return head
}

/** Reads a head, or null where the slot is free. @throws RangeError where it is no head: the file is damaged. */
export function decodeHead(head: Uint8Array): SlotHead | null {
  if (head.length !== HEAD_BYTES) throw new RangeError(`the head of a slot has ${head.length} bytes`)
  if (head.every((byte) => byte === 0)) return null
  const view = new DataView(head.buffer, head.byteOffset)
  return {
    id: head.slice(0, 32),
    commitment: head.slice(32, 64),
    day: view.getUint32(64),
    window: Number(view.getBigUint64(68)),
  }
}
