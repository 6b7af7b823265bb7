import type { ReportRow } from "../../desk.ts"
import { language, number, words } from "../words/words.ts"

/** What a member must know of a report before reading it, gravest first. */
export type Mark =
  | "unreadable"
  | "bad-signature"
  | "two-versions"
  | "contested"
  | "anonymous"
  | "unknown"
  | "recording"
  | "waiting"
  | "cut"
  | "late"
  | "new"
  | "whole"

/** Every mark that fits, gravest first; never empty. */
export function marksOf(row: ReportRow): readonly Mark[] {
  const marks: Mark[] = []
  if (row.open === "unreadable") marks.push("unreadable")
  if (row.signature === "bad") marks.push("bad-signature")
  if (row.contested) marks.push("two-versions")
  if (row.unitStanding === "contested") marks.push("contested")
  if (row.unitStanding === "unknown") marks.push("unknown")
  if (row.unitStanding === "anonymous") marks.push("anonymous")
  if (row.open === "waiting") marks.push(row.recording === "open" ? "recording" : "waiting")
  if (row.recording === "cut") marks.push("cut")
  if (row.late) marks.push("late")
  if (isNew(row)) marks.push("new")
  if (marks.length === 0) marks.push("whole")
  return marks
}

/** A mark in words. */
export function markWords(mark: Mark, row: ReportRow): string {
  const { states } = words.value
  return mark === "waiting" ? states.waiting(number(row.missingCells)) : states[mark]
}

export const FILTERS = [
  "all",
  "new",
  "ungraded",
  "waiting",
  "anonymous",
  "doubtful",
  "media",
  "published",
] as const
export type Filter = (typeof FILTERS)[number]

/** Whether a report belongs under a filter. */
export function fits(row: ReportRow, filter: Filter): boolean {
  switch (filter) {
    case "all":
      return true
    case "new":
      return isNew(row)
    case "ungraded":
      return row.grade === null && row.open !== "unreadable"
    case "waiting":
      return row.open === "waiting"
    case "anonymous":
      return row.unitStanding === "anonymous"
    case "doubtful":
      return marksOf(row).some((mark) => DOUBTFUL.has(mark))
    case "media":
      return (row.said?.attachments ?? 0) > 0
    case "published":
      return row.publications.length > 0
  }
}

/** Marks that call for care. */
export const DOUBTFUL: ReadonlySet<Mark> = new Set([
  "unreadable",
  "bad-signature",
  "two-versions",
  "contested",
  "unknown",
  "anonymous",
])

/** Whether every word of a search stands somewhere in what the list knows of a report. */
export function found(row: ReportRow, query: string): boolean {
  const text = [
    row.said?.words,
    row.said?.place?.name,
    row.said?.place?.province,
    row.place?.name.fa,
    row.place?.name.en,
    row.place?.province?.fa,
    row.place?.province?.en,
    row.unit,
    row.root,
    ...row.supports,
    ...row.publications,
  ].join(" ")
  const plain = simplify(text)
  return simplify(query)
    .split(/\s+/)
    .every((word) => plain.includes(word))
}

/** When it first reached the desk, by the ledger's clock. */
export function arrivedAtMs(row: ReportRow): number {
  return row.custody[0]?.atMs ?? Date.parse(row.receivedOn)
}

/** What a report's line and heading call its place: the desk's finding, else the witness's word. */
export function placeOf(row: ReportRow): string | null {
  return row.place?.name[language.value] ?? row.said?.place?.name ?? null
}

function isNew(row: ReportRow): boolean {
  return (
    row.open !== "unreadable" &&
    row.grade === null &&
    row.place === null &&
    row.period === null &&
    row.notes.length === 0 &&
    row.supports.length === 0
  )
}

// Arabic and Persian keyboards write some letters differently; a search must not care.
function simplify(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("ي", "ی")
    .replaceAll("ك", "ک")
    .replace(/[\u200c\u0640]/g, "")
    .trim()
}
