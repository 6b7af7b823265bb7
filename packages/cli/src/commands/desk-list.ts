import type { ReportRow } from "@govah/desk"
import type { Command } from "../command.ts"
import { deskOptions, withDesk } from "../desk-folder.ts"

export const deskList: Command = {
  positionals: [],
  options: {
    ...deskOptions,
    anonymous: { kind: "flag", help: "only reports of anonymous witnesses" },
    units: { kind: "flag", help: "only reports of others" },
  },
  run: async (args, context) =>
    await withDesk(args, context, async (desk) => {
      const isAsked = ({ unitStanding }: ReportRow): boolean =>
        unitStanding === "anonymous" ? !args.flag("units") : !args.flag("anonymous")
      const rows = (await desk.list()).filter(isAsked)
      for (const row of rows) context.print(lineOf(row))
      context.print(
        `${rows.length} reports. "govah desk show ID" shows one; the first 8 characters are enough.`,
      )
    }),
}

function lineOf(row: ReportRow): string {
  const grade = row.grade === null ? "--" : `${row.grade.reliability}${row.grade.credibility}`
  const place = row.said?.place?.name ?? "-"
  return [row.root.slice(0, 8), row.receivedOn, grade, standing(row), place, row.said?.words ?? ""].join("  ")
}

/** Several reports of one anonymous witness are seen to be one source. */
function senderWords({ unitStanding, unit }: ReportRow): string {
  return unitStanding === "anonymous" ? `anonymous witness ${unit?.slice(0, 6)}` : `${unitStanding} unit`
}

function standing(row: ReportRow): string {
  if (row.unreadable !== null) return `unreadable (${row.unreadable})`
  if (row.signature === "bad") return "BAD SIGNATURE"
  const unit = row.unitStanding === "known" ? "" : `${senderWords(row)}, `
  return unit + (row.open === "whole" ? "whole" : `waiting for ${row.missingCells} pieces`)
}
