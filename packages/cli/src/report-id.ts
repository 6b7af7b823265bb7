import type { CellId } from "@govah/core/cell"
import type { Desk } from "@govah/desk"
import { UsageError } from "./command.ts"

/** Finds the report that the person means by its first characters. @throws UsageError for none or several. */
export async function findReport(desk: Desk, start: string): Promise<CellId> {
  const rows = await desk.list()
  const matching = rows.filter((row) => row.root.startsWith(start.toLowerCase()))
  if (matching.length === 1 && matching[0] !== undefined) return matching[0].root
  if (matching.length === 0)
    throw new UsageError(`no report begins with ${start}; "govah desk list" shows them`)
  throw new UsageError(`${matching.length} reports begin with ${start}; give more characters`)
}
