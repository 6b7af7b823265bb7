import type { CellId } from "@govah/core/cell"
import { OpenError } from "@govah/core/open"
import type { SaidInShort } from "../desk.ts"
import type { Room } from "../room.ts"
import { type OpenedReport, openReport } from "./open-report.ts"

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
  /** Remembers what was opened for another reason, so that it is not opened again. */
  note(root: CellId, opened: OpenedReport): void
  clear(): void
}

const NOTHING: Summary = { said: null, missing: [], arrived: null }

/** At most this many are remembered; without a bound, memory grows with the inbox. */
const MAX_REMEMBERED = 20_000

export function createSummaries(): Summaries {
  const remembered = new Map<CellId, Summary>()
  function remember(root: CellId, summary: Summary): Summary {
    // What still waits for cells will look different next time.
    if (summary.missing.length === 0 && remembered.size < MAX_REMEMBERED) remembered.set(root, summary)
    return summary
  }
  return {
    of: async (room, root) => remembered.get(root) ?? remember(root, await openInShort(room, root)),
    note: (root, opened) => void remember(root, inShort(opened)),
    clear: () => remembered.clear(),
  }
}

async function openInShort(room: Room, root: CellId): Promise<Summary> {
  try {
    return inShort(await openReport(room, root))
  } catch (error) {
    if (error instanceof OpenError) return NOTHING
    throw error
  }
}

function inShort({ root, body, missing }: OpenedReport): Summary {
  const { arrived } = root.document
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
}
