import { backTag, type ReceiptSet, receiptSetHas } from "@govah/core/feed"

/** Numbers that are looked for beyond the highest that is known: so many receipts may have gone since. */
export const BACK_AHEAD = 256

/** What a witness's look at a feed goes by. */
export interface BackCounter {
  /** How many reports have arrived, as far as the sets say that were looked through. */
  readonly count: number
  look(set: ReceiptSet): void
}

/**
 * Counts a witness's reports by the desk's numbers.
 *
 * @param back - 32 B.
 * @param known - how many were known before.
 */
export function backCounter(back: Uint8Array, known: number): BackCounter {
  const tags: Uint8Array[] = []
  let count = known
  const tagOf = (number: number): Uint8Array => (tags[number] ??= backTag(back, number))
  return {
    get count() {
      return count
    },
    look: (set) => {
      for (let number = count + 1; number <= count + BACK_AHEAD; number++) {
        if (receiptSetHas(set, tagOf(number))) count = number
      }
    },
  }
}
