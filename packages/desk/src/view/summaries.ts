import type { CellId } from "@govah/core/cell"
import { OpenError } from "@govah/core/open"
import type { SaidInShort } from "../desk.ts"
import type { Room } from "../room.ts"
import { openReport } from "./open-report.ts"

/** What lists and rules need of an opened report. */
export interface Summary {
  readonly said: SaidInShort | null
  readonly missing: readonly CellId[]
  /** The receipt secret, base64url of 32 B. */
  readonly arrived: string | null
}

/** Short contents of opened reports. They live in memory alone and die with the desk. */
export interface Summaries {
  /** Opens the report where it was not opened before, or was not whole then. Null of `said` where it cannot be opened. */
  of(room: Room, root: CellId): Promise<Summary>
  clear(): void
}

const NOTHING: Summary = { said: null, missing: [], arrived: null }

/** At most this many are remembered; without a bound, memory grows with the inbox. */
const MAX_REMEMBERED = 20_000

export function createSummaries(): Summaries {
  const remembered = new Map<CellId, Summary>()
  return {
    of: async (room, root) => {
      const known = remembered.get(root)
      if (known !== undefined) return known
      const summary = await summarise(room, root)
      if (summary.missing.length === 0 && remembered.size < MAX_REMEMBERED) remembered.set(root, summary)
      return summary
    },
    clear: () => remembered.clear(),
  }
}

async function summarise(room: Room, root: CellId): Promise<Summary> {
  try {
    const { root: opened, body, missing } = await openReport(room, root)
    const { arrived } = opened.document
    if (body === null) return { said: null, missing, arrived }
    const { report, attachments } = body
    const said: SaidInShort = {
      type: report.type,
      language: report.language,
      place: report.place,
      period: report.period,
      basis: report.basis,
      action: report.action,
      consent: report.consent,
      words: Array.from(report.text.slice(0, 240)).slice(0, 120).join(""),
      claims: report.claims.length,
      attachments: attachments.length,
    }
    return { said, missing, arrived }
  } catch (error) {
    if (error instanceof OpenError) return NOTHING
    throw error
  }
}
