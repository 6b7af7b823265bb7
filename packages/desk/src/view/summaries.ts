import type { CellId } from "@govah/core/cell"
import { OpenError } from "@govah/core/open"
import type { SaidInShort } from "../desk.ts"
import type { Room } from "../room.ts"
import { type OpenedReport, openFrom, readingRoot } from "./open-report.ts"

/** What lists and rules need of an opened report. */
export interface Summary {
  readonly said: SaidInShort | null
  readonly missing: readonly CellId[]
  /** The receipt secret, base64url of 32 B. */
  readonly arrived: string | null
  /** Of an anonymous witness: the secret of all their replies, base64url of 32 B. */
  readonly back: string | null
  /** Whether it arrived after the term that it was sealed to. */
  readonly late: boolean
}

/** Short contents of opened reports. They live in memory alone and die with the desk. */
export interface Summaries {
  /** Opens the report where it was not opened before, or was not whole then. Null of `said` where it cannot be opened. */
  of(room: Room, root: CellId): Promise<Summary>
  /** Remembers what was opened for another reason, so that it is not opened again. */
  note(opened: OpenedReport): void
  clear(): void
}

const NOTHING: Summary = { said: null, missing: [], arrived: null, back: null, late: false }

/** At most this many are remembered; without a bound, memory grows with the inbox. */
const MAX_REMEMBERED = 20_000

export function createSummaries(): Summaries {
  const remembered = new Map<CellId, Summary>()
  // By the root that was read: when another comes that says more, that one is asked for.
  function remember(opened: OpenedReport): Summary {
    const summary = inShort(opened)
    // What still waits for cells will look different next time.
    const settled = opened.missing.length === 0 && !opened.open
    if (settled && remembered.size < MAX_REMEMBERED) remembered.set(opened.read, summary)
    return summary
  }
  async function openInShort(room: Room, read: CellId): Promise<Summary> {
    try {
      return remember(await openFrom(room, read))
    } catch (error) {
      if (error instanceof OpenError) return NOTHING
      throw error
    }
  }
  return {
    of: async (room, root) => {
      const read = readingRoot(room, root)
      return remembered.get(read) ?? (await openInShort(room, read))
    },
    note: (opened) => void remember(opened),
    clear: () => remembered.clear(),
  }
}

function inShort({ body, missing, arrived, back, late }: OpenedReport): Summary {
  if (body === null) return { said: null, missing, arrived, back, late }
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
  return { said, missing, arrived, back, late }
}
