import { type Signal, signal } from "@preact/signals"
import type { PageName, Start } from "./places.ts"

/** Which page stands there, and the one report that is being made. */
export interface Shell {
  readonly page: Signal<PageName>
  /** A new object for each tap on one of the ways to begin; null where no report is begun. */
  readonly begun: Signal<Begun | null>
  /** Begins a report in this way, or brings the one that is begun before the eyes and lets it take this way too. */
  readonly begin: (start: Start) => void
  /** Throws away what is begun and not kept. */
  readonly drop: () => void
  readonly go: (page: PageName) => void
}

export interface Begun {
  readonly start: Start
  /** Which report this is, from 1: another number is another, empty page. */
  readonly report: number
}

export function createShell(): Shell {
  const page = signal<PageName>("home")
  const begun = signal<Begun | null>(null)
  let reports = 0
  return {
    page,
    begun,
    begin: (start) => {
      begun.value = { start, report: begun.value?.report ?? ++reports }
      page.value = "report"
    },
    drop: () => {
      begun.value = null
      page.value = "home"
    },
    go: (to) => {
      page.value = to
    },
  }
}
