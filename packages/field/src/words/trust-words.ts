import type { Alarm } from "../trust/alarm.ts"

/** What is said of the program itself: alarms, updates, and copies of it. */
export interface TrustWords {
  readonly alarm: {
    readonly heading: string
    readonly what: Readonly<Record<Alarm, string>>
    readonly safe: string
    readonly doHeading: string
    readonly steps: readonly string[]
    readonly save: string
    readonly saveNext: string
    readonly saved: string
    readonly nothing: string
    readonly failed: string
    readonly again: string
    readonly sure: string
    readonly looking: string
  }
  readonly update: {
    readonly ready: (version: string) => string
    readonly take: string
    readonly later: string
    readonly taken: string
  }
  readonly program: {
    readonly heading: string
    readonly looking: string
    readonly unsigned: string
    readonly insecure: string
    readonly file: string
    readonly installed: (version: string) => string
    readonly notInstalled: string
    readonly unreached: string
    readonly noRoom: string
    readonly failed: string
    readonly look: string
    readonly words: string
    readonly wordsNote: string
    readonly friend: string
    readonly friendNote: string
    readonly pickFile: string
    readonly pickFolder: string
    readonly good: (version: string) => string
    readonly changed: string
    readonly unknown: string
  }
  /** Where the whole program is one file. */
  readonly box: {
    readonly nothing: string
    readonly unsaved: string
    readonly save: string
    readonly open: string
    readonly failed: string
  }
}
