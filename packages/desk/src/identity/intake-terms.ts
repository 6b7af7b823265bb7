import { generateHybridIdentity, identityToRecipient } from "age-encryption"
import type { IntakeTerm } from "@govah/core/card"
import type { DeskDeps } from "../desk.ts"
import { addDays, today } from "../room.ts"
import type { Store } from "../store/store.ts"

/** Days of one intake term. */
export const TERM_DAYS = 30
/** Terms that a card names: the one that runs, and three that a phone without a network rolls over to by date. */
export const CARD_TERMS = 4

/**
 * The terms that a card names today; makes those that are missing.
 *
 * A desk that was asleep for longer than its terms begins a new one today: nobody has the skipped ones.
 */
export async function currentTerms(store: Store, deps: DeskDeps): Promise<readonly IntakeTerm[]> {
  for (;;) {
    const terms = readTerms(store)
    const begun = terms.filter((term) => term.from <= today(deps)).at(-1)
    const ahead = terms.filter((term) => term.from > today(deps))
    const shown = begun === undefined ? ahead : [begun, ...ahead]
    if (begun !== undefined && shown.length >= CARD_TERMS) return shown.slice(0, CARD_TERMS)
    const last = terms.at(-1)
    const due = last === undefined ? today(deps) : addDays(last.from, TERM_DAYS)
    const identity = await generateHybridIdentity()
    store.run(
      "INSERT OR IGNORE INTO intake (from_day, identity, recipient) VALUES (?, ?, ?)",
      due < today(deps) ? today(deps) : due,
      identity,
      await identityToRecipient(identity),
    )
  }
}

/** A term whose identity the desk still holds. */
export interface HeldTerm {
  /** Its first day, YYYY-MM-DD. */
  readonly from: string
  readonly identity: string
}

/**
 * All terms whose identities the desk still holds, the likeliest first: trying one costs 3 ms, and most parcels are
 * sealed to the term that runs or to the one before. Those of terms to come are last.
 */
export function readHeldTerms(store: Store, day: string): readonly HeldTerm[] {
  return store.all<HeldTerm>(
    'SELECT from_day AS "from", identity FROM intake ORDER BY from_day > ?, from_day DESC',
    day,
  )
}

/** Whether what arrived on `day` was sealed to a term that had ended by then. @param from - the term's first day. */
export function isLate(from: string, day: string): boolean {
  return day >= addDays(from, TERM_DAYS)
}

function readTerms(store: Store): readonly IntakeTerm[] {
  return store
    .all<{ from_day: string; recipient: string }>("SELECT from_day, recipient FROM intake ORDER BY from_day")
    .map((row) => ({ from: row.from_day, recipient: row.recipient }))
}
