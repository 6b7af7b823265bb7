import { fromBase64Url } from "@govah/core/bytes"
import type { CellId } from "@govah/core/cell"
import { type ActOf, type LedgerState, type ReportState, reportOf } from "@govah/core/ledger"
import { type AttachmentToOpen, openAttachment, OpenError } from "@govah/core/open"
import { DeskError } from "../desk-error.ts"
import type { ReportRow, ReportView } from "../desk.ts"
import { unitDigits } from "../identity/unit-words.ts"
import { readCell } from "../intake/store-cells.ts"
import type { Room } from "../room.ts"
import { type OpenedReport, openReport } from "./open-report.ts"

/** Every report, newest arrival first. */
export async function listReports(room: Room): Promise<readonly ReportRow[]> {
  const state = room.book.state()
  const uses = usesOf(state)
  const rows: ReportRow[] = []
  for (const report of state.reportsByRoot.values()) rows.push(await row(room, report, state, uses))
  return rows.sort((a, b) => (b.custody[0]?.atMs ?? 0) - (a.custody[0]?.atMs ?? 0))
}

/** One report, opened in memory. @throws DeskError `unknown-root`. */
export async function showReport(room: Room, root: CellId): Promise<ReportView> {
  const state = room.book.state()
  const report = requireReport(state, root)
  const opened = await openReport(room, root).catch((error: unknown) => {
    if (error instanceof OpenError) return null
    throw error
  })
  const isSame = (other: string): boolean => reportOf(state, other as CellId) === report
  const unitKey = report.unit === null ? null : fromBase64Url(report.unit)
  return {
    ...(await row(room, report, state, usesOf(state))),
    report: opened?.body?.report ?? null,
    attachments: (opened?.body?.attachments ?? []).map(({ type, bytes, sha256 }) => ({
      type,
      bytes,
      sha256,
    })),
    unitDigits: unitKey === null ? [] : unitDigits(unitKey),
    pictures: [...state.picturesBySha256.values()].filter(({ root: of }) => isSame(of)),
    claims: [...state.claimsById.values()].filter((claim) => claim.supports.some(isSame)),
  }
}

/**
 * The plaintext of one attachment as a stream. Provisional until it ends: then its hash was checked. A piece is the
 * caller's only until it pulls the next.
 *
 * @throws DeskError `unknown-root`, `not-whole`, `unreadable`, `no-attachment`, `damaged`.
 */
export async function* readAttachment(
  room: Room,
  root: CellId,
  index: number,
): AsyncGenerator<Uint8Array, void, void> {
  const getCell = (id: CellId): Uint8Array | null => readCell(room.store, id)
  try {
    yield* openAttachment(await findAttachment(room, root, index), getCell, room.deps.primitives)
  } catch (error) {
    throw asDeskError(error, root, index)
  }
}

/** @throws DeskError `unknown-root`, `not-whole`, `no-attachment`, `damaged`; OpenError. */
export async function findAttachment(room: Room, root: CellId, index: number): Promise<AttachmentToOpen> {
  const short = root.slice(0, 12)
  requireReport(room.book.state(), root)
  const opened: OpenedReport = await openReport(room, root)
  const attachment = opened.body?.attachments[index]
  if (opened.body === null) throw new DeskError("not-whole", `report ${short} still waits for cells`)
  if (attachment === undefined) {
    throw new DeskError("no-attachment", `report ${short} has ${opened.body.attachments.length} attachments`)
  }
  return attachment
}

/** What an error in reading an attachment means to the desk; errors of the world stay what they are. */
export function asDeskError(error: unknown, root: CellId, index: number): unknown {
  if (!(error instanceof OpenError)) return error
  const code = error.code === "missing-cell" ? "not-whole" : "unreadable"
  return new DeskError(code, `attachment ${index} of report ${root.slice(0, 12)}: ${error.message}`, {
    cause: error,
  })
}

/** @throws DeskError `unknown-root`. */
export function requireReport(state: LedgerState, root: CellId): ReportState {
  const report = reportOf(state, root)
  if (report === undefined) throw new DeskError("unknown-root", `there is no report ${root.slice(0, 12)}`)
  return report
}

interface Use {
  readonly supports: string[]
  readonly publications: Set<string>
}

async function row(
  room: Room,
  report: ReportState,
  state: LedgerState,
  uses: ReadonlyMap<string, Use>,
): Promise<ReportRow> {
  const summary = await room.summaries.of(room, report.root)
  const use = uses.get(report.root)
  return {
    ...report,
    unitStanding: report.unit === null ? null : (state.unitStandingByKey.get(report.unit) ?? "unknown"),
    open: report.unreadable !== null ? "unreadable" : report.whole ? "whole" : "waiting",
    missingCells: summary.missing.length,
    late: summary.late,
    said: summary.said,
    supports: use?.supports ?? [],
    publications: [...(use?.publications ?? [])],
  }
}

// Publications are of events and actions; a report is used by what it supports, and by pictures made from it.
function usesOf(state: LedgerState): ReadonlyMap<string, Use> {
  const uses = new Map<string, Use>()
  const note = (named: string, id: string | null, subject: string): void => {
    const root = reportOf(state, named as CellId)?.root ?? named
    const use = uses.get(root) ?? { supports: [], publications: new Set<string>() }
    uses.set(root, use)
    if (id !== null) use.supports.push(id)
    if (state.publicationsById.has(subject)) use.publications.add(subject)
  }
  const claims: Iterable<ActOf<"claim-set">> = state.claimsById.values()
  for (const claim of claims) for (const root of claim.supports) note(root, claim.id, claim.event)
  for (const action of state.actionsById.values()) {
    for (const root of action.supports) note(root, action.id, action.id)
  }
  for (const picture of state.picturesBySha256.values()) note(picture.root, null, picture.subject)
  return uses
}
