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

/** What the head of a slot says that holds no cell. */
export interface FreeHead {
  /** It rests until this window has closed; 0: it does not. */
  readonly restsIn: number
  /** Whether what lay there may lie there still: then nothing is put there until it was overwritten. */
  readonly isStale: boolean
}

/** Bytes of every head: id 32, commitment 32, day 4, window 8. A free one's id and commitment are zero. */
export const HEAD_BYTES = 76

/** The head of a full slot. */
export function encodeHead({ id, commitment, day, window }: SlotHead): Uint8Array {
  const head = encodeNumbers(day, window)
  head.set(id)
  head.set(commitment, 32)
  return head
}

/** The head of a slot that holds no cell. */
export function encodeFree({ restsIn, isStale }: FreeHead): Uint8Array {
  return encodeNumbers(isStale ? 1 : 0, restsIn)
}

/** Reads a head. @throws RangeError where it is no head: the file is damaged. */
export function decodeHead(head: Uint8Array): SlotHead | FreeHead {
  if (head.length !== HEAD_BYTES) throw new RangeError(`the head of a slot has ${head.length} bytes`)
  const view = new DataView(head.buffer, head.byteOffset)
  const [day, window] = [view.getUint32(64), Number(view.getBigUint64(68))]
  const isFree = head.subarray(0, 64).every((byte) => byte === 0)
  if (isFree) return { restsIn: window, isStale: day !== 0 }
  return { id: head.slice(0, 32), commitment: head.slice(32, 64), day, window }
}

/** Whether a head is that of a cell. */
export function isFull(head: SlotHead | FreeHead): head is SlotHead {
  return "id" in head
}

function encodeNumbers(day: number, window: number): Uint8Array {
  const head = new Uint8Array(HEAD_BYTES)
  const view = new DataView(head.buffer)
  view.setUint32(64, day)
  view.setBigUint64(68, BigInt(window))
  return head
}
