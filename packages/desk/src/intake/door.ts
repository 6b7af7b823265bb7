import type { CellId } from "@govah/core/cell"
import { type Act, type LedgerState, reportOf } from "@govah/core/ledger"
import type { Book } from "../ledger/book.ts"
import { type Room, today } from "../room.ts"

/**
 * Most reports of strangers that one day lets in. Whoever has the public card can seal as many as they pay relays for, and
 * each becomes an entry of the ledger, for ever. The others wait at the door: kept as they came, given no receipt, so that
 * their senders keep them too.
 */
export const STRANGERS_A_DAY = 1_000

/** How many more strangers come in today. */
export interface Door {
  /** Whether an act that says what arrived may be written now. Counts what it lets in. */
  lets(act: Act): boolean
}

/**
 * Opens the door for a day: lets in at random as many of those who waited as there is room for. At random, since who came
 * first may be whoever floods.
 */
export function openDoor(room: Room): Door {
  const { store, book, deps } = room
  let left = (deps.strangersADay ?? STRANGERS_A_DAY) - countStrangers(book.state(), today(deps))
  if (left > 0) {
    store.run(
      "UPDATE arrival SET settled = 0 WHERE settled = 2 AND root IN (SELECT root FROM arrival WHERE settled = 2 GROUP BY root ORDER BY random() LIMIT ?)",
      left,
    )
  }
  return {
    lets: (act) => {
      if (act.kind === "carried" || isVouchedFor(act, book)) return true
      left--
      return left >= 0
    },
  }
}

/** How many reports wait at the door. */
export function waitingAtDoor({ store }: Pick<Room, "store">): number {
  const sql = "SELECT count(DISTINCT root) AS n FROM arrival WHERE settled = 2"
  return store.get<{ n: number }>(sql)?.n ?? 0
}

/**
 * Whether somebody stands for a sender: an invitation of ours, in time; or that members know the key, or have worked on what
 * it sent before. A flood of strangers must not shut out a witness whom the desk has begun to hear.
 */
function isVouchedFor(act: Act, book: Book): boolean {
  const state = book.state()
  if ((act.kind !== "received" && act.kind !== "received-part") || act.signature !== "good") return false
  if (act.kind === "received-part" && act.part === "closing") {
    return reportOf(state, act.provisional as CellId) !== undefined
  }
  if (act.unit === null) return false
  const invitation = act.invitation === null ? undefined : book.invitations().get(act.invitation)
  // Whoever is the second to show one is a stranger: thousands could show the same.
  const isFirst = invitation !== undefined && [...invitation.keys].every((key) => key === act.unit)
  if (isFirst && act.day <= invitation.lastDay) return true
  return state.unitStandingByKey.get(act.unit) === "known" || isHeard(act.unit, state)
}

function isHeard(unit: string, { reportsByRoot }: LedgerState): boolean {
  return [...reportsByRoot.values()].some(
    (report) =>
      report.unit === unit &&
      report.signature === "good" &&
      (report.grade !== null || report.custody.some(({ what }) => what === "replied")),
  )
}

/** Strangers' reports that were written down on a day. What waited at the door arrived on an earlier one. */
function countStrangers({ reportsByRoot, unitStandingByKey }: LedgerState, day: string): number {
  const start = Date.parse(`${day}T00:00:00Z`)
  let count = 0
  for (const { custody, unit } of reportsByRoot.values()) {
    const isToday = (custody[0]?.atMs ?? 0) >= start
    if (isToday && (unit === null || unitStandingByKey.get(unit) !== "known")) count++
  }
  return count
}
