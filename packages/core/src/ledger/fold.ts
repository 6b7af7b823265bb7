import { canonicalJsonBytes, type Json, toHex } from "../bytes/index.ts"
import type { CellId } from "../cell/index.ts"
import type { Primitives } from "../primitives/index.ts"
import type { ActKind, ActOf } from "./act.ts"
import { compareStamps } from "./clock.ts"
import { custodyStep, rootsOf } from "./custody.ts"
import type { Entry } from "./entry.ts"
import { type ReportRoots, reportRoots } from "./report-roots.ts"
import { unitStandings } from "./standing.ts"
import type { LedgerState, PublicationState, ReportState } from "./state.ts"

/**
 * What a desk's entries add up to.
 *
 * Pure. The same set of entries gives the same state, in whatever order they came and however often one was repeated:
 * they are put in the order of their clocks, then of members, then of numbers. The later one wins, field by field; all stay.
 *
 * @param entries - verified, of any number of members.
 */
export function foldLedger(entries: readonly Entry[]): LedgerState {
  const ordered = inOrder(entries)
  const acts = ordered.map((entry) => entry.act)
  const of = <K extends ActKind>(kind: K): ActOf<K>[] =>
    acts.filter((act): act is ActOf<K> => act.kind === kind)
  const feed = of("feed-made").reduce<LedgerState["feed"]>(
    (newest, { number, sha256, receipts }) =>
      newest !== null && newest.number > number ? newest : { number, sha256, receipts },
    null,
  )
  return {
    unitStandingByKey: unitStandings(
      of("invited"),
      [...of("received"), ...of("received-part")],
      of("confirmed-unit"),
    ),
    ...reports(ordered),
    claimsById: latest(of("claim-set"), (act) => act.id),
    eventsById: latest(of("event-set"), (act) => act.id),
    actionsById: latest(of("action-set"), (act) => act.id),
    storiesById: latest(of("story-set"), (act) => act.id),
    picturesBySha256: latest(of("picture-made"), (act) => act.sha256),
    publicationsById: newestRevisions(of("published")),
    warningsById: latest(of("warning-set"), (act) => act.id),
    bulletinsById: latest(of("bulletin-set"), (act) => act.id),
    callsById: latest(of("call-set"), (act) => act.id),
    feed,
  }
}

/**
 * SHA-256 of the state's canonical JSON, hex. Two members who hold the same entries compute the same hash.
 */
export async function stateHash(state: LedgerState, primitives: Pick<Primitives, "sha256">): Promise<string> {
  const plain = Object.fromEntries(
    Object.entries(state).map(([name, value]) => [
      name,
      value instanceof Map ? Object.fromEntries(value) : value,
    ]),
  ) as Json
  return toHex(await primitives.sha256(canonicalJsonBytes(plain)))
}

function inOrder(entries: readonly Entry[]): readonly Entry[] {
  const byHash = new Map(entries.map((entry) => [entry.hash, entry]))
  return [...byHash.values()].sort(
    (a, b) =>
      compareStamps(a.at, b.at) ||
      compareText(a.member, b.member) ||
      a.n - b.n ||
      // Two entries of one number are a fork: both stay, in an order that everyone agrees on.
      compareText(a.hash, b.hash),
  )
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function latest<T>(acts: readonly T[], key: (act: T) => string): Map<string, T> {
  return new Map(acts.map((act) => [key(act), act]))
}

function newestRevisions(acts: readonly ActOf<"published">[]): Map<string, PublicationState> {
  const newest = new Map<string, PublicationState>()
  for (const { id, revision, sha256, day } of acts) {
    if (revision >= (newest.get(id)?.revision ?? 0)) newest.set(id, { id, revision, sha256, day })
  }
  return newest
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }
type Draft = Writable<ReportState> & { notes: string[]; custody: ReportState["custody"][number][] }

// Entries of two members can be dated so that one grades a report before the other received it: drafts begin with any
// act, and those of which no entry says that they arrived are left out in the end.
function reports(ordered: readonly Entry[]): Pick<LedgerState, "reportsByRoot" | "reportRootByRoot"> {
  const arrivals = ordered
    .map(({ act }) => act)
    .filter((act) => act.kind === "received" || act.kind === "received-part")
  const rootsByRoot = reportRoots(arrivals)
  const reportRootByRoot = new Map<CellId, CellId>()
  for (const [id, { root }] of rootsByRoot) if (id !== root) reportRootByRoot.set(id, root)
  const drafts = new Map<CellId, Draft>()
  for (const entry of ordered) {
    const named = rootsOf(entry.act)
    for (const root of new Set(named.map((id) => reportRootByRoot.get(id) ?? id))) {
      const joined = rootsByRoot.get(root)
      const draft = drafts.get(root) ?? newDraft(root, joined)
      drafts.set(root, draft)
      draft.custody.push(custodyStep(entry))
      apply(draft, entry, joined)
    }
  }
  return {
    reportsByRoot: new Map([...drafts].filter(([, draft]) => draft.receivedOn !== "")),
    reportRootByRoot,
  }
}

function newDraft(root: CellId, joined: ReportRoots | undefined): Draft {
  const roots = joined?.roots ?? []
  return {
    root,
    roots,
    recording: joined?.recording ?? null,
    contested: roots.some(({ standing }) => standing === "contests"),
    parcel: joined?.sender?.parcel ?? null,
    unit: joined?.sender?.unit ?? null,
    signature: joined?.sender?.signature ?? null,
    unreadable: joined?.refused === true ? "wrong-closer" : null,
    whole: false,
    receivedOn: "",
    grade: null,
    place: null,
    period: null,
    notes: [],
    custody: [],
  }
}

function apply(draft: Draft, { act }: Entry, joined: ReportRoots | undefined): void {
  switch (act.kind) {
    case "received":
    case "received-part":
      // The first arrival counts; a second member's entry of the same root is a line of custody.
      if (draft.receivedOn === "") draft.receivedOn = act.day
      break
    case "unreadable":
      // A root beside those that count does not spoil them.
      if (draft.roots.every(({ id, standing }) => id !== act.root || standing === "counts")) {
        draft.unreadable = act.code
      }
      if (draft.receivedOn === "") draft.receivedOn = act.day
      break
    case "completed":
      // Where no entry of an arrival is known, it is left out in the end, or was unreadable.
      if (joined === undefined || joined.wholeWith === act.root) draft.whole = true
      break
    case "graded":
      draft.grade = act.grade
      break
    case "placed":
      draft.place = act.place
      break
    case "dated":
      draft.period = act.period
      break
    case "noted":
      draft.notes.push(act.words)
      break
    default:
      break
  }
}
