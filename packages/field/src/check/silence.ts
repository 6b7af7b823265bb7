/** What is known of the desk's last word, in days of this device. */
export interface LastWord {
  /** YYYY-MM-DD, or null where the desk was never heard. */
  readonly heardOn: string | null
  /** First days of the first and the last intake term that is known. */
  readonly termFrom: { readonly first: string | null; readonly last: string | null }
}

/**
 * What a person is to be told of it. `clock`: this device is before the desk's word. `old-terms`: the last intake key is
 * older than a term lasts, and nothing newer was heard. `long`: time to try another way. Null: nothing.
 */
export type Silence = "clock" | "old-terms" | "long" | null

const DAY_MS = 86_400_000
const LONG_DAYS = 14
/** A term lasts at most so long; the last one of a card is used on. */
const TERM_DAYS = 30

/** @param today - YYYY-MM-DD, by this device, whose clock may be wrong by years. */
export function silenceOf({ heardOn, termFrom }: LastWord, today: string): Silence {
  const days = heardOn === null ? null : daysBetween(heardOn, today)
  if ((days !== null && days < 0) || (termFrom.first !== null && today < termFrom.first)) return "clock"
  // What was heard lately is the newest there is.
  if (days !== null && days < LONG_DAYS) return null
  if (termFrom.last !== null && daysBetween(termFrom.last, today) > TERM_DAYS) return "old-terms"
  return days === null ? null : "long"
}

/** Whole days from one day to another; below 0 where the other is before it. */
export function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}
