import type { CellId } from "../cell/index.ts"
import type { ActOf } from "./act.ts"

/** A final root holds a whole report; the other two are what a crash left of a recording. Source: `spec/recording.md`. */
export type RootPart = "final" | "provisional" | "closing"

/**
 * What a root is to its report. `counts`: the report is read from it. `beside`: another root says more, or it came
 * twice. `contests`: it says another thing in the place of one that counts; the desk has to look.
 */
export interface RootState {
  readonly id: CellId
  readonly part: RootPart
  readonly standing: "counts" | "beside" | "contests"
}

/** All roots that are one report. */
export interface ReportRoots {
  /** The root that arrived first: the report is known by it. */
  readonly root: CellId
  readonly roots: readonly RootState[]
  /**
   * Of a recording without a final root: `open` while its provisional or its closing root has not come, `cut` with both;
   * then it arrives but for its last slice. Else null.
   */
  readonly recording: "open" | "cut" | null
  /** Null where only a closing root has come: it does not say who sent it. */
  readonly sender: {
    readonly parcel: string
    readonly unit: string
    readonly signature: "good" | "bad"
  } | null
  /** The root whose cells make the report whole; null while it is not known. */
  readonly wholeWith: CellId | null
  /** A closing root that is not its recording's: it belongs to no report. */
  readonly refused: boolean
}

type Arrived = ActOf<"received"> | ActOf<"received-part">

/**
 * Makes reports of roots: those with one sender and one parcel are one report, in whatever order they came and however
 * often. A bad signature proves nothing about its key, so a root that has one stands alone.
 *
 * @param arrivals - in the ledger's order; the first of a root counts.
 * @returns what each root belongs to.
 */
export function reportRoots(arrivals: readonly Arrived[]): ReadonlyMap<CellId, ReportRoots> {
  const byRoot = new Map<CellId, Arrived>()
  for (const act of arrivals) if (!byRoot.has(act.root as CellId)) byRoot.set(act.root as CellId, act)
  const groups = new Map<string, Arrived[]>()
  for (const act of byRoot.values()) {
    const key = groupOf(act, byRoot)
    groups.set(key, [...(groups.get(key) ?? []), act])
  }
  const result = new Map<CellId, ReportRoots>()
  for (const group of groups.values()) {
    const joined = join(group, byRoot)
    for (const { id } of joined.roots) result.set(id, joined)
  }
  return result
}

function groupOf(act: Arrived, byRoot: ReadonlyMap<CellId, Arrived>): string {
  if (isClosing(act)) {
    const provisional = byRoot.get(act.provisional as CellId)
    return provisional !== undefined && closes(act, provisional) ? groupOf(provisional, byRoot) : act.root
  }
  return act.signature === "good" ? `${act.unit} ${act.parcel}` : act.root
}

function join(group: readonly Arrived[], byRoot: ReadonlyMap<CellId, Arrived>): ReportRoots {
  const final = group.find((act) => act.kind === "received")
  const closing = group.find(isClosing)
  const provisional =
    group.find((act) => act.root === closing?.provisional) ??
    group.find((act) => partOf(act) === "provisional")
  const said = final ?? provisional
  const standing = (act: Arrived): RootState["standing"] => {
    if (act === final || (final === undefined && (act === provisional || act === closing))) return "counts"
    const part = partOf(act)
    if (part === "final") return "contests"
    return final === undefined && isClosing(act) && act.provisional === provisional?.root
      ? "contests"
      : "beside"
  }
  const first = group[0] as Arrived
  const refused = said === undefined && closing !== undefined && isRefused(closing, byRoot)
  return {
    root: first.root as CellId,
    roots: group.map((act) => ({ id: act.root as CellId, part: partOf(act), standing: standing(act) })),
    recording:
      final !== undefined || refused
        ? null
        : provisional !== undefined && closing !== undefined
          ? "cut"
          : "open",
    sender:
      said === undefined || said.unit === null
        ? null
        : { parcel: said.parcel, unit: said.unit, signature: said.signature },
    wholeWith: ((final ?? (provisional === undefined ? undefined : closing))?.root ?? null) as CellId | null,
    refused,
  }
}

// While the provisional root has not come nobody can say whose one-time key it is, but a bad signature is nobody's.
function isRefused(closing: ActOf<"received-part">, byRoot: ReadonlyMap<CellId, Arrived>): boolean {
  return closing.signature === "bad" || byRoot.has(closing.provisional as CellId)
}

function closes(closing: ActOf<"received-part">, act: Arrived): boolean {
  return (
    closing.signature === "good" &&
    act.kind === "received-part" &&
    act.part === "provisional" &&
    act.parcel === closing.parcel &&
    act.closer === closing.closer
  )
}

function isClosing(act: Arrived): act is ActOf<"received-part"> {
  return act.kind === "received-part" && act.part === "closing"
}

function partOf(act: Arrived): RootPart {
  return act.kind === "received" ? "final" : act.part
}
