import type { CellId } from "@govah/core/cell"
import {
  type ActOf,
  type LedgerState,
  type ReportState,
  reportOf,
  type UnitStanding,
} from "@govah/core/ledger"
import type { Publication } from "@govah/core/publication"
import type { SaidInShort } from "../desk.ts"
import { claimsOf, draftPublication, picturesOf } from "../publish/draft.ts"
import { type Room, today } from "../room.ts"

/** A report that something public would rest on, and for what. */
export interface Support {
  readonly report: ReportState
  readonly standing: UnitStanding
  /** Null where it cannot be opened, or not yet. */
  readonly said: SaidInShort | null
  /** Whether a picture of it would be shown. */
  readonly shown: boolean
}

/** Everything that the rules look at, gathered before any of them runs. */
export interface Subject {
  readonly id: string
  readonly draft: Publication
  readonly supports: readonly Support[]
  readonly pictures: readonly ActOf<"picture-made">[]
  readonly state: LedgerState
  /** YYYY-MM-DD. */
  readonly today: string
  /** Whether something that a story cites is published, or passes every rule itself. */
  isPublic(id: string): boolean
}

/** @param isPublic - asked for what a story cites. @throws DeskError `unknown-id`. */
export async function gatherSubject(
  room: Room,
  id: string,
  isPublic: (id: string) => boolean,
): Promise<Subject> {
  const state = room.book.state()
  const draft = draftPublication(state, id, nextRevision(state, id))
  const pictures = picturesOf(state, id)
  const shownRoots = new Set(pictures.map((picture) => picture.root))
  const supports: Support[] = []
  for (const root of new Set([...supportingRoots(state, id), ...shownRoots])) {
    const report = reportOf(state, root as CellId)
    if (report === undefined) continue
    const { said } = await room.summaries.of(room, report.root)
    const standing =
      report.unit === null ? "unknown" : (state.unitStandingByKey.get(report.unit) ?? "unknown")
    supports.push({ report, standing, said, shown: shownRoots.has(root) })
  }
  return { id, draft, supports, pictures, state, today: today(room.deps), isPublic }
}

export function nextRevision(state: LedgerState, id: string): number {
  return (state.publicationsById.get(id)?.revision ?? 0) + 1
}

function supportingRoots(state: LedgerState, id: string): readonly string[] {
  const action = state.actionsById.get(id)
  return action === undefined ? claimsOf(state, id).flatMap((claim) => claim.supports) : action.supports
}
