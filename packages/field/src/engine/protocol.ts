import type { Bulletin, CallWithMaterial } from "@govah/core/bulletin"
import type { Warning } from "@govah/core/feed"
import type { SavedDraft } from "../draft/index.ts"
import type { OutboxParcel } from "../outbox/index.ts"
import type { RelayAddress } from "../road/index.ts"
import type { ReportInput } from "../report/index.ts"
import type { QueueShown } from "./courier.ts"
import type { Failure } from "./failure.ts"
import type { HeardFile } from "../carry/index.ts"
import type { LockState } from "./lock-keeper.ts"
import type { PassphraseLanguage } from "@govah/core/passphrase"
import type { KeyWords } from "@govah/core/card"
import type { WitnessShown, WordsRead, WordsRequest } from "./witness-requests.ts"
import type { KeptTextRequest } from "./kept-text.ts"
import type { QrFrames } from "./qr-frames.ts"
import type { Medium, ReadableFile } from "./medium.ts"

/** A desk as the page shows it. */
export interface DeskShown {
  readonly name: string
  readonly relays: readonly RelayAddress[]
}

/** A browser's `Blob`, as far as it is known where there is no browser. */
export interface SavedFile {
  readonly size: number
}

/** Everything that the page shows of what is stored. */
export interface Standing {
  /** Null before enrolment. */
  readonly desk: DeskShown | null
  /** Null for a unit, and where nobody has joined. */
  readonly witness: WitnessShown | null
  readonly parcels: readonly OutboxParcel[]
  /** How many recordings a crash had cut, which this start made whole but for their last second. */
  readonly cutRecordings: number
  /** Whether new ones get a face. */
  readonly faces: boolean
  /** Day of the newest word from the desk, YYYY-MM-DD, or null. */
  readonly heardOn: string | null
  /** First days of the first and the last intake term that is known, YYYY-MM-DD; null where there is none. */
  readonly termFrom: { readonly first: string | null; readonly last: string | null }
  /** Answers that nobody has put away yet. */
  readonly replies: readonly string[]
  /** How many heads are kept as proof of two words that cannot both be true. */
  readonly proofs: number
  /** Shown before all else. */
  readonly warnings: readonly Warning[]
  readonly bulletins: readonly Bulletin[]
  readonly calls: readonly CallWithMaterial[]
}

/** How far the sealing of a report has come, in bytes of its files. */
export interface KeepingShown {
  readonly sealed: number
  readonly total: number
}

/** What can be asked before the engine is open. Passphrases are as typed. */
export type LockRequest =
  | { readonly kind: "lock-state" }
  | { readonly kind: "propose-passphrase"; readonly language: PassphraseLanguage }
  /** Only what was proposed since the engine started. */
  | { readonly kind: "set-passphrase"; readonly passphrase: string }
  | { readonly kind: "unlock"; readonly passphrase: string }
  | { readonly kind: "change-passphrase"; readonly passphrase: string; readonly next: string }
  | { readonly kind: "set-duress"; readonly passphrase: string; readonly duress: string | null }
  | { readonly kind: "wipe" }

/** What the page asks of the engine. Each is answered once, by {@link Answers}. */
export type Request =
  | LockRequest
  | { readonly kind: "standing" }
  | { readonly kind: "read-invitation"; readonly text: string }
  | { readonly kind: "enrol"; readonly text: string }
  | {
      readonly kind: "keep"
      readonly input: ReportInput
      readonly media: readonly Medium[]
      /** A small JPEG or WebP of the first picture, at most `MAX_PREVIEW_BYTES`. */
      readonly thumbnail: Uint8Array | null
      /** Whether what was recorded goes with it. */
      readonly withRecording: boolean
    }
  /** Stops the sealing that goes on: then the answer to `keep` is the failure `stopped`. */
  | { readonly kind: "stop-keeping" }
  /** Begins a recording. @param type - a media type without parameters. */
  | { readonly kind: "record"; readonly input: ReportInput; readonly type: string }
  /** What was recorded since the last: answered when it is durable. */
  | { readonly kind: "slice"; readonly bytes: Uint8Array }
  /** Erases what was recorded. */
  | { readonly kind: "discard-recording" }
  | WordsRequest
  | KeptTextRequest
  /** Becomes an anonymous witness; `words` as typed, null for none. */
  | {
      readonly kind: "enrol-witness"
      readonly text: string
      readonly words: string | null
      readonly cameBack: boolean
    }
  | { readonly kind: "forget-witness" }
  /** What was typed and not kept: saved by itself, sealed, and offered again. Null erases it. */
  | { readonly kind: "read-draft" }
  | { readonly kind: "write-draft"; readonly draft: SavedDraft | null }
  /** Whether what waits is shown with its hour, kind, place and a small picture; off erases those. */
  | { readonly kind: "set-faces"; readonly on: boolean }
  /** What the queue is to do: not wait any longer before it tries again, stop, or go on after a stop. */
  | { readonly kind: "queue"; readonly act: "nudge" | "pause" | "resume" }
  | { readonly kind: "check" }
  /** Answers that were read, to be erased. */
  | { readonly kind: "read-replies"; readonly replies: readonly string[] }
  /** What is kept as proof, as a file for somebody who is trusted; and to be erased once they have it. */
  | { readonly kind: "save-proof" }
  | { readonly kind: "drop-proof" }
  /** A file for a carrier, of what waits. @param after - `next` of the file before, or empty. */
  | { readonly kind: "save-file"; readonly after: string }
  /** What waits, as pictures for another screen. */
  | { readonly kind: "qr-frames" }
  /** Cells that came from another screen, as a file for a carrier. */
  | { readonly kind: "save-cells"; readonly cells: readonly Uint8Array[] }
  /** The desk's card, from another screen. */
  | { readonly kind: "take-card"; readonly text: string }
  /** A file that somebody brought: receipts. */
  | { readonly kind: "open-file"; readonly file: ReadableFile }

/** What the engine answers, by the kind of request. */
export interface Answers {
  "lock-state": LockState
  "propose-passphrase": string
  "set-passphrase": LockState
  unlock: LockState
  "change-passphrase": LockState
  "set-duress": LockState
  wipe: LockState
  standing: Standing
  /** Of a public card: no last day, and six words to compare. */
  "read-invitation": {
    readonly desk: DeskShown
    readonly lastDay: string | null
    readonly keyWords: KeyWords | null
  }
  "kept-text": string | null
  "propose-words": readonly string[]
  "read-words": WordsRead
  "enrol-witness": Standing
  "forget-witness": Standing
  enrol: Standing
  keep: Standing
  "read-draft": SavedDraft | null
  "write-draft": null
  "set-faces": Standing
  queue: null
  "save-file": {
    readonly name: string
    readonly file: SavedFile
    readonly part: number
    readonly parts: number
    readonly next: string | null
  }
  "qr-frames": QrFrames
  "save-cells": { readonly name: string; readonly file: SavedFile }
  /** Whether it was newer than the one that is known. */
  "take-card": boolean
  "stop-keeping": null
  record: null
  slice: { readonly recordedBytes: number }
  "discard-recording": null
  "open-file": { readonly standing: Standing; readonly arrived: number; readonly state: HeardFile["state"] }
  "read-replies": Standing
  "save-proof": { readonly name: string; readonly file: SavedFile } | null
  "drop-proof": Standing
  check: { readonly standing: Standing; readonly arrived: number; readonly failures: readonly Failure[] }
}

export interface Asked {
  readonly number: number
  readonly request: Request
}

export type Said =
  | { readonly number: number; readonly answer: Answers[Request["kind"]] }
  | { readonly number: number; readonly failure: Failure }
  /** Once, as soon as it can be asked. */
  | { readonly begun: true }
  /** What the queue is doing, whenever that changes. */
  | { readonly queue: QueueShown }
  /** What is stored has changed without a request. */
  | { readonly standing: Standing }
  | { readonly keeping: KeepingShown }
  /** What the desk was asked without anybody asking for it. */
  | { readonly heard: { readonly arrived: number; readonly failures: readonly Failure[] } }
