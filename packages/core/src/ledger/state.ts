import type { CellId } from "../cell/index.ts"
import type { Period } from "../report/index.ts"
import type { ActKind, ActOf, Grade, LocalPlace } from "./act.ts"
import type { RootState } from "./report-roots.ts"

/**
 * How the desk knows who signs. `contested`: two keys used one invitation, and the desk does not know which is right.
 * `anonymous`: a witness who showed no invitation, and has none. `unknown`: showed one that is not ours or is too old, or
 * has never signed well.
 */
export type UnitStanding = "known" | "contested" | "anonymous" | "unknown"

/** One line of a report's custody: what happened to it, when by the ledger's clock, and by whom. */
export interface CustodyStep {
  /** Position of the entry in its member's chain. */
  readonly entry: number
  readonly entryHash: string
  readonly atMs: number
  readonly member: string
  readonly what: ActKind
  /** What the act is about: a grade, an id, a code; null where its kind says it all. Never words of the report. */
  readonly detail: string | null
  /** Road and sender of the bytes, where bytes moved. */
  readonly from: string | null
}

/** What the ledger says of one report. What the report itself says lies sealed in its cells. */
export interface ReportState {
  /** The root that arrived first. Others of the same report lead here by `reportRootByRoot`. */
  readonly root: CellId
  /** All roots of one sender and parcel, in the order of arrival; empty where none could be read. */
  readonly roots: readonly RootState[]
  /**
   * `open`: a recording whose closing root has not come. `cut`: a crash cut it, and it arrives but for its last slice.
   * Null: an ordinary report.
   */
  readonly recording: "open" | "cut" | null
  /** Two roots say different things in one place: the first counts, and a member has to look. */
  readonly contested: boolean
  /** Shared by all roots of one recording; null where the root could not be read. */
  readonly parcel: string | null
  readonly unit: string | null
  readonly signature: "good" | "bad" | null
  /** Code where the root opened to something that is not a report; else null. */
  readonly unreadable: string | null
  readonly whole: boolean
  readonly receivedOn: string
  readonly grade: Grade | null
  readonly place: LocalPlace | null
  readonly period: Period | null
  readonly notes: readonly string[]
  readonly custody: readonly CustodyStep[]
}

export interface PublicationState {
  readonly id: string
  readonly revision: number
  readonly sha256: string
  readonly day: string
}

/** What a desk's ledger adds up to. Rebuilt from the entries alone; the same entries give the same state. */
export interface LedgerState {
  readonly unitStandingByKey: ReadonlyMap<string, UnitStanding>
  readonly reportsByRoot: ReadonlyMap<CellId, ReportState>
  /** For roots that are not the first of their report: the first. */
  readonly reportRootByRoot: ReadonlyMap<CellId, CellId>
  readonly claimsById: ReadonlyMap<string, ActOf<"claim-set">>
  readonly eventsById: ReadonlyMap<string, ActOf<"event-set">>
  readonly actionsById: ReadonlyMap<string, ActOf<"action-set">>
  readonly storiesById: ReadonlyMap<string, ActOf<"story-set">>
  readonly picturesBySha256: ReadonlyMap<string, ActOf<"picture-made">>
  /** Newest revision of each. */
  readonly publicationsById: ReadonlyMap<string, PublicationState>
  /** What was said to everybody, also what stands no longer. */
  readonly warningsById: ReadonlyMap<string, ActOf<"warning-set">>
  readonly bulletinsById: ReadonlyMap<string, ActOf<"bulletin-set">>
  readonly callsById: ReadonlyMap<string, ActOf<"call-set">>
  /** Newest number of the feed; `sha256` of its head. */
  readonly feed: { readonly number: number; readonly sha256: string; readonly receipts: number } | null
}

/** The report that a root belongs to, whichever of its roots that is. */
export function reportOf(
  state: Pick<LedgerState, "reportsByRoot" | "reportRootByRoot">,
  root: CellId,
): ReportState | undefined {
  return state.reportsByRoot.get(state.reportRootByRoot.get(root) ?? root)
}
