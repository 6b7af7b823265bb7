import { _SHA256 } from "@noble/hashes/sha2.js"
import { WORK_MESSAGE_BYTES, WORK_NONCE_BYTES, type WorkTarget, workMessage } from "./work.ts"

/** A search for the nonce that pays for one cell. */
export interface WorkSearch {
  /** Tries so many more. @returns the nonce, or null where it was not among them. Once found it is found again. */
  step(tries: number): Uint8Array | null
}

/**
 * Begins a search. It runs only inside `step`, so that a worker can do something else between, or stop.
 *
 * What does not change is hashed once: a try is one block of SHA-256. Nonces are counted up from 0, so that the same
 * search always finds the same: nothing of the sender, but how often it tried, is in it.
 *
 * @param bits - 0 to 32.
 */
export function searchWork(target: WorkTarget, id: Uint8Array, bits: number): WorkSearch {
  const message = workMessage(target, id, new Uint8Array(WORK_NONCE_BYTES))
  const hash = new OneBlock(message.subarray(0, BLOCK_BYTES))
  // The last block: what is left of the message, a set bit, zeros, and the length in bits (FIPS 180-4 section 5.1.1).
  const block = new Uint8Array(BLOCK_BYTES)
  block.set(message.subarray(BLOCK_BYTES))
  block[WORK_MESSAGE_BYTES - BLOCK_BYTES] = 0x80
  const view = new DataView(block.buffer)
  view.setUint32(BLOCK_BYTES - 4, WORK_MESSAGE_BYTES * 8)
  const counterAt = WORK_MESSAGE_BYTES - BLOCK_BYTES - 4
  let next = 0
  let found: Uint8Array | null = null

  return {
    step(tries) {
      for (let i = 0; i < tries && found === null; i++) {
        view.setUint32(counterAt, next++)
        if (Math.clz32(hash.firstWord(view)) < bits) continue
        found = block.slice(counterAt - 4, counterAt + 4)
      }
      return found
    },
  }
}

/** Searches to the end, for whoever has nothing else to do meanwhile. @returns a nonce a cell, in the order of `ids`. */
export function doWork(target: WorkTarget, ids: readonly Uint8Array[], bits: number): readonly Uint8Array[] {
  return ids.map((id) => {
    const search = searchWork(target, id, bits)
    for (;;) {
      const nonce = search.step(1_000_000)
      if (nonce !== null) return nonce
    }
  })
}

const BLOCK_BYTES = 64

/** noble's SHA-256 from the state after a first block: copying and padding for each try would cost half of the time. */
class OneBlock extends _SHA256 {
  readonly #state: readonly number[]

  constructor(first: Uint8Array) {
    super()
    this.process(new DataView(first.buffer, first.byteOffset, BLOCK_BYTES), 0)
    this.#state = this.get()
  }

  /** The first 32 bits of the hash that ends with this block. */
  firstWord(last: DataView): number {
    const [a, b, c, d, e, f, g, h] = this.#state as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    this.set(a, b, c, d, e, f, g, h)
    this.process(last, 0)
    return this.A
  }
}
