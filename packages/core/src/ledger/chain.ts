import type { Primitives } from "../primitives/index.ts"
import { compareStamps, MAX_AHEAD_MS } from "./clock.ts"
import { type ChainHead, type Entry, openEntry } from "./entry.ts"
import { LedgerError } from "./ledger-error.ts"

/**
 * Verifies that `received` is the entry that follows `head` in a member's chain.
 *
 * @param received - attacker-controlled.
 * @param nowMs - the reader's clock: an entry too far ahead of it is to be kept and tried again later.
 * @throws LedgerError everything that `openEntry` throws, and `wrong-desk`, `wrong-number`, `wrong-previous`,
 *   `clock-order`, `clock-ahead`.
 */
export async function followChain(
  head: ChainHead | null,
  received: Uint8Array,
  expected: { readonly desk: string; readonly member: string; readonly nowMs: number },
  primitives: Primitives,
): Promise<Entry> {
  const entry = await openEntry(received, primitives)
  if (entry.desk !== expected.desk) throw new LedgerError("wrong-desk", "the entry belongs to another desk")
  if (entry.member !== expected.member) {
    throw new LedgerError("bad-signature", `entry ${entry.n} is signed by another member`)
  }
  const due = (head?.n ?? 0) + 1
  if (entry.n !== due) throw new LedgerError("wrong-number", `entry ${entry.n} stands where ${due} is due`)
  if (entry.previous !== (head?.hash ?? null)) {
    throw new LedgerError("wrong-previous", `entry ${entry.n} does not name the entry before it`)
  }
  if (head !== null && compareStamps(entry.at, head.at) <= 0) {
    throw new LedgerError("clock-order", `entry ${entry.n} is dated before the entry that it follows`)
  }
  if (entry.at.ms > expected.nowMs + MAX_AHEAD_MS) {
    throw new LedgerError("clock-ahead", `entry ${entry.n} is more than ten minutes ahead of this clock`)
  }
  return entry
}

/** What the next entry must follow. */
export function headOf(entry: Entry): ChainHead {
  return { n: entry.n, hash: entry.hash, at: entry.at }
}
