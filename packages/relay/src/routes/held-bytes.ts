import { RefusalError } from "./errors.ts"

/** Counts the bytes of request bodies that are in memory, over all requests. It knows no request. */
export interface HeldBytes {
  /** @throws RefusalError `busy` where the limit would be passed. */
  hold(byteLength: number): void
  release(byteLength: number): void
}

/** @param max - most bytes held at once. */
export function countHeldBytes(max: number): HeldBytes {
  let held = 0
  return {
    hold(byteLength) {
      if (held + byteLength > max) throw new RefusalError("busy")
      held += byteLength
    },
    release(byteLength) {
      held -= byteLength
    },
  }
}
