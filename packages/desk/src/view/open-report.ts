import type { CellId } from "@govah/core/cell"
import { type ReportState, reportOf } from "@govah/core/ledger"
import {
  type AnyOpenedRoot,
  type AttachmentToOpen,
  bodyCells,
  type CutRecording,
  type OpenedClosing,
  type OpenedRoot,
  OpenError,
  openBody,
  openClosing,
  openRecording,
} from "@govah/core/open"
import { parseCellList } from "@govah/core/parcel"
import type { Report } from "@govah/core/report"
import { DeskError } from "../desk-error.ts"
import { isLate } from "../identity/intake-terms.ts"
import { type HeldRoot, openHeld } from "../intake/open-held.ts"
import { hasCell, readCell } from "../intake/store-cells.ts"
import type { Room } from "../room.ts"

/** A report opened in memory, from the ciphertext as it was received. */
export interface OpenedReport {
  /** The root that it was read from. */
  readonly read: CellId
  /** Null while the cells that hold it have not come. */
  readonly body: {
    readonly report: Report
    readonly attachments: readonly AttachmentToOpen[]
  } | null
  /** All cells but the root that was read, as far as they are known. */
  readonly cells: readonly CellId[]
  /** Those of them that have not come. */
  readonly missing: readonly CellId[]
  /** Whether more may come that nothing here names: the closing root of a recording. */
  readonly open: boolean
  /** The receipt secret, base64url of 32 B; null while the root that holds it has not come. */
  readonly arrived: string | null
  /** The secret of its replies, as {@link arrived}. */
  readonly reply: string | null
  /** The same, where it is an anonymous witness's: by it they learn from anywhere how many of their reports arrived. */
  readonly back: string | null
  /** Whether it arrived after the term that it was sealed to. */
  readonly late: boolean
}

/**
 * Opens a report that the ledger knows, by any of its roots. A root that contests another is read itself, so that a
 * member can compare the two.
 *
 * @throws DeskError `unknown-root`, `damaged`; OpenError where it is ours and broken.
 */
export async function openReport(room: Room, root: CellId): Promise<OpenedReport> {
  return await openFrom(room, readingRoot(room, root))
}

/** The root that says most of the report that `root` belongs to. */
export function readingRoot(room: Room, root: CellId): CellId {
  const report = reportOf(room.book.state(), root)
  const own = report?.roots.find(({ id }) => id === root)
  if (report === undefined || own?.standing === "contests") return root
  const counting = (["final", "closing", "provisional"] as const).map((part) =>
    report.roots.find((one) => one.part === part && one.standing === "counts"),
  )
  return counting.find((one) => one !== undefined)?.id ?? root
}

/** Opens what one root says, with those that it names. Throws as {@link openReport}. */
export async function openFrom(room: Room, id: CellId): Promise<OpenedReport> {
  const { root, term } = await requireRoot(room, id)
  const report = reportOf(room.book.state(), id)
  const opened = await openPart(room, id, root)
  return {
    ...opened,
    read: id,
    missing: opened.cells.filter((cell) => !hasCell(room.store, cell)),
    late: isLateFor(report, term),
  }
}

type Part = Omit<OpenedReport, "read" | "missing" | "late">

async function openPart(room: Room, id: CellId, root: AnyOpenedRoot): Promise<Part> {
  switch (root.part) {
    case "final":
      return await openFinal(room, root)
    case "provisional": {
      const { recording } = root.document
      const body = { report: recording.report, attachments: [] }
      return { body, cells: [], open: true, ...secretsOf(root.document) }
    }
    case "closing":
      return await openClosed(room, root)
    default:
      throw new TypeError(`root ${id} is of no kind that is known`)
  }
}

async function openFinal(room: Room, root: OpenedRoot): Promise<Part> {
  const { document } = root
  const secrets = secretsOf(document)
  const state = await openBody(root, getCell(room), room.deps.primitives)
  if (state.state === "waiting") return { body: null, cells: annexOf(document), open: false, ...secrets }
  return { body: state.body, cells: allCells(state.annexCells, state.body), open: false, ...secrets }
}

async function openClosed(room: Room, closing: OpenedClosing): Promise<Part> {
  const id = closing.document.provisional as CellId
  if (readCell(room.store, id) === null) {
    const named = await openClosing(closing, getCell(room), room.deps.primitives)
    const cells =
      named.state === "waiting"
        ? annexOf(closing.document)
        : allCells(named.annexCells, { attachments: [named.contents], padding: named.contents.padding })
    return { body: null, cells: [id, ...cells], open: true, arrived: null, reply: null, back: null }
  }
  const provisional = await openProvisional(room, id)
  const secrets = secretsOf(provisional.document)
  const state = await openRecording({ root: provisional, id }, closing, getCell(room), room.deps.primitives)
  if (state.state === "waiting") {
    return { body: null, cells: [id, ...annexOf(closing.document)], open: false, ...secrets }
  }
  const body: CutRecording = state.body
  return { body, cells: [id, ...allCells(state.annexCells, body)], open: false, ...secrets }
}

function secretsOf(document: {
  readonly arrived: string
  readonly reply: string
  readonly sender: { readonly invitation: string | null }
}): Pick<OpenedReport, "arrived" | "reply" | "back"> {
  const { arrived, reply, sender } = document
  return { arrived, reply, back: sender.invitation === null ? reply : null }
}

async function openProvisional(
  room: Room,
  id: CellId,
): Promise<Extract<AnyOpenedRoot, { part: "provisional" }>> {
  const cell = readCell(room.store, id)
  const held = cell === null ? null : await openHeld(room, cell)
  // What a closing root names and we cannot open, or is another kind of root, has no recording that could be closed.
  if (held?.root.part !== "provisional") {
    throw new OpenError("wrong-closer", "the closing root names a cell that is no provisional root of ours")
  }
  return held.root
}

async function requireRoot(room: Room, id: CellId): Promise<HeldRoot> {
  const cell = readCell(room.store, id)
  if (cell === null) throw new DeskError("unknown-root", `there is no report ${id.slice(0, 12)}`)
  const held = await openHeld(room, cell)
  if (held === null) throw new DeskError("unknown-root", `${id.slice(0, 12)} is not sealed to this desk`)
  return held
}

function isLateFor(report: ReportState | undefined, term: string): boolean {
  return report !== undefined && isLate(term, report.receivedOn)
}

function getCell(room: Room): (id: CellId) => Uint8Array | null {
  return (id) => readCell(room.store, id)
}

function allCells(
  annexCells: readonly CellId[],
  body: { readonly attachments: readonly { readonly cells: string }[]; readonly padding: string },
): readonly CellId[] {
  return [...new Set([...annexCells, ...bodyCells(body)])]
}

function annexOf(document: object): readonly CellId[] {
  const { annex } = document as { annex?: { cells: string } }
  return annex === undefined ? [] : (parseCellList(annex.cells) ?? [])
}
