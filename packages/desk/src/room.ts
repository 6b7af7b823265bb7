import type { DeskDeps } from "./desk.ts"
import type { Book } from "./ledger/book.ts"
import type { Store } from "./store/store.ts"
import type { Summaries } from "./view/summaries.ts"

/** What everything inside an unlocked desk works with. */
export interface Room {
  readonly store: Store
  readonly book: Book
  readonly deps: DeskDeps
  readonly name: string
  /** Verify key, base64url of 32 B. */
  readonly key: string
  /** Short contents of opened reports, in memory alone. */
  readonly summaries: Summaries
}

/** Today in UTC, YYYY-MM-DD. */
export function today(deps: DeskDeps): string {
  return deps.now().toISOString().slice(0, 10)
}

/** A day some days from another, YYYY-MM-DD. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
