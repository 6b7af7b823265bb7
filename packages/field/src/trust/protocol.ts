import type { SavedFile } from "../engine/protocol.ts"
import type { Alarm } from "./alarm.ts"

/** What the page shows of the program itself. */
export interface ProgramShown {
  /** Number of the release that starts next time; null where none is installed. */
  readonly installed: number | null
  /** Number of a newer one that was checked and lies here whole. */
  readonly ready: number | null
  readonly alarm: Alarm | null
  readonly reached: boolean
}

/** One file that a person picked. */
export interface PickedFile {
  /** Below the folder that was picked, with `/` between names; a single file's own name. */
  readonly path: string
  readonly file: {
    readonly size: number
    arrayBuffer(): Promise<ArrayBuffer>
  }
}

/** Whether a copy is what was released; `unknown` where nothing in it says what it should be, or nobody known signed it. */
export type CopyVerdict =
  | { readonly state: "good"; readonly version: number; readonly said: SaidWords }
  | { readonly state: "changed"; readonly version: number | null }
  | { readonly state: "unknown" }

/** Six words and the same six places as numbers. */
export interface SaidWords {
  readonly words: readonly string[]
  readonly numbers: readonly string[]
}

/** What the page asks of the guard. */
export type GuardRequest =
  | { readonly kind: "look"; readonly isThorough: boolean }
  | { readonly kind: "take"; readonly version: number }
  /** Lowers the alarm and looks again. */
  | { readonly kind: "again" }
  /** The browser has found another `sw.js`. */
  | { readonly kind: "other-worker" }
  /** Of a release file, or of the installed release where null. Null where there is none, or it does not verify. */
  | { readonly kind: "words"; readonly file: Uint8Array | null }
  | { readonly kind: "check-copy"; readonly files: readonly PickedFile[] }
  /** What waits, as it lies sealed: the only thing of a person that is done while an alarm stands. */
  | { readonly kind: "waiting-file"; readonly after: number }

export interface GuardAnswers {
  look: ProgramShown
  take: ProgramShown
  again: ProgramShown
  "other-worker": ProgramShown
  words: { readonly version: number; readonly said: SaidWords } | null
  "check-copy": CopyVerdict
  /** Null where nothing waits. */
  "waiting-file": { readonly name: string; readonly file: SavedFile; readonly next: number | null } | null
}

/** Why there is no answer. `unsigned`: this build has pinned no keys. `no-room`: nothing was changed. */
export type GuardFailure = "unsigned" | "no-room" | "no-store" | "unknown"

export interface GuardAsked {
  readonly number: number
  readonly request: GuardRequest
}

export type GuardSaid =
  | { readonly number: number; readonly answer: GuardAnswers[GuardRequest["kind"]] }
  | { readonly number: number; readonly failure: GuardFailure }
