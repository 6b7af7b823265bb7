import type { CellId } from "../cell/index.ts"
import type { Act } from "./act.ts"
import type { Entry } from "./entry.ts"
import type { CustodyStep } from "./state.ts"

/** The reports whose custody an act belongs to. */
export function rootsOf(act: Act): readonly CellId[] {
  if ("root" in act) return [act.root as CellId]
  if ("supports" in act) return [...new Set(act.supports)] as CellId[]
  return []
}

/** One line of custody, from the entry that made it. */
export function custodyStep(entry: Entry): CustodyStep {
  const { act } = entry
  return {
    entry: entry.n,
    entryHash: entry.hash,
    atMs: entry.at.ms,
    member: entry.member,
    what: act.kind,
    detail: detailOf(act),
    from: "road" in act && act.road !== null ? `${act.road} ${act.from}` : null,
  }
}

function detailOf(act: Act): string | null {
  switch (act.kind) {
    case "received":
      return act.signature
    case "received-part":
      return `${act.part} ${act.signature}`
    case "unreadable":
      return act.code
    case "completed":
      return String(act.cells)
    case "graded":
      return `${act.grade.reliability}${act.grade.credibility}`
    case "replied":
      return String(act.n)
    case "claim-set":
    case "action-set":
      return act.id
    case "picture-made":
      return act.sha256
    default:
      return null
  }
}
