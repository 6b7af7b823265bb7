import { RefusalError } from "./errors.ts"

/** Counts the bytes of request bodies that are in memory, over all requests. It knows no request. */
export interface HeldBytes {
  /** @throws RefusalError `busy` where the limit would be passed. */
  hold(byteLength: number): void
  release(byteLength: number): void
  /** The part that is in use, 0 to 1. */
  share(): number
}

/** @param max - most bytes held at once. @param within - a count that these bytes are a part of. */
export function countHeldBytes(max: number, within?: HeldBytes): HeldBytes {
  let held = 0
  return {
    hold(byteLength) {
      if (held + byteLength > max) throw new RefusalError("busy")
      within?.hold(byteLength)
      held += byteLength
    },
    release(byteLength) {
      held -= byteLength
      within?.release(byteLength)
    },
    share: () => held / max,
  }
}
