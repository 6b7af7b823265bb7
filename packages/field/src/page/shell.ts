import { type Signal, signal } from "@preact/signals"
import type { Appearance } from "./appearance.ts"
import type { PageName, Start } from "./places.ts"

/** What can be done to the whole of what stands there. */
export interface StagePorts {
  readonly appearance: Signal<Appearance>
  /** @returns whether it is kept. */
  readonly choose: (part: Partial<Appearance>) => Promise<boolean>
  /** Takes away what can open anything, at once. */
  readonly lock: () => void
  /** Destroys everything that is kept. There is no way back, and no question. */
  readonly wipe: () => void
}

/** Which page stands there, and the one report that is being made. */
export interface Shell extends StagePorts {
  readonly page: Signal<PageName>
  /** A new object for each tap on one of the ways to begin; null where no report is begun. */
  readonly begun: Signal<Begun | null>
  /** Whether something is being recorded just now: until it ends nothing locks by itself. Set by whoever records. */
  readonly isRecording: Signal<boolean>
  /** The camera or microphone that is on for the report, recording or not yet; null where none is. Set by whoever opens it. */
  readonly onAir: Signal<OnAir | null>
  /** Begins a report in this way, or brings the one that is begun before the eyes and lets it take this way too. */
  readonly begin: (start: Start) => void
  /** Throws away what is begun and not kept. */
  readonly drop: () => void
  readonly go: (page: PageName) => void
}

/** What is on, and how to end it: what was recorded until then stays sealed in the report. */
export interface OnAir {
  readonly kind: "photo" | "video" | "sound"
  readonly stop: () => void
}

export interface Begun {
  readonly start: Start
  /** Which report this is, from 1: another number is another, empty page. */
  readonly report: number
}

export function createShell(ports: StagePorts): Shell {
  const page = signal<PageName>("home")
  const begun = signal<Begun | null>(null)
  let reports = 0
  return {
    ...ports,
    page,
    begun,
    isRecording: signal(false),
    onAir: signal(null),
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
