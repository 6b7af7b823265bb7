import type { Failure } from "../engine/failure.ts"
import type { Language } from "./language.ts"
import type { PlaceWords } from "./place-words.ts"
import type { WitnessWords } from "./witness-words.ts"
import type { LockWords } from "./lock-words.ts"
import type { ReportWords } from "./report-words.ts"
import type { ShellWords } from "./shell-words.ts"
import type { HeardWords } from "./heard-words.ts"
import type { QrWords } from "./qr-words.ts"
import type { TrustWords } from "./trust-words.ts"
import type { QueueWords } from "./queue-words.ts"

/** Every string that a person sees in the field. A missing one is a type error in its language's file. */
export interface Words extends ReportWords {
  readonly language: Language
  readonly direction: "rtl" | "ltr"
  /** For `Intl`: the calendar and the digits that a reader of this language expects. */
  readonly locale: string
  readonly calendar: "persian" | "gregory"
  readonly opening: string
  /** Over why nothing can be opened here. */
  readonly closed: string
  /** Of a question that was left out. */
  readonly unsaid: string
  readonly shell: ShellWords
  readonly lock: LockWords
  readonly trust: TrustWords
  readonly witness: WitnessWords

  readonly join: {
    readonly heading: string
    readonly what: string
    readonly label: string
    readonly read: string
    readonly from: string
    readonly lastDay: (day: string) => string
    readonly question: string
    readonly yes: string
    readonly no: string
  }

  readonly record: {
    readonly heading: string
    readonly promise: (desk: string) => string
    readonly wordsLabel: string
    readonly rest: string
    /** Photos and files are no part of what is saved by itself. */
    readonly mediaGone: string
  }
  readonly place: PlaceWords
  readonly delivery: {
    readonly heading: string
    readonly send: string
    readonly progress: (done: string, total: string) => string
    readonly road: Readonly<Record<"https" | "onion" | "lan", string>>
  }
  readonly queue: QueueWords
  readonly kept: {
    readonly heading: string
    readonly none: string
    readonly size: (size: string) => string
    readonly keptOn: (day: string) => string
    readonly state: Readonly<Record<"here" | "partly" | "relays" | "arrived" | "damaged", string>>
    /** How many of those who carry it on have all of it. */
    readonly wholeIn: (places: string, of: string) => string
    readonly check: string
    readonly checking: string
    readonly checkedNew: (count: string) => string
    readonly checkedNothing: string
  }
  readonly fromDesk: {
    readonly heading: string
    readonly warning: Readonly<Record<"relay" | "road" | "unit" | "invitation" | "program" | "other", string>>
    readonly replies: string
  }
  readonly news: {
    readonly heading: string
    readonly note: string
    readonly bulletin: (day: string) => string
    readonly call: string
    /** `to` is null for one day. */
    readonly when: (from: string, to: string | null) => string
    readonly everywhere: string
    readonly comma: string
    readonly material: string
    readonly pictureOf: (title: string) => string
    readonly pictureBroken: string
    readonly save: (size: string) => string
    readonly saveNote: string
  }
  readonly heard: HeardWords
  readonly qr: QrWords
  readonly carry: {
    readonly heading: string
    readonly save: string
    readonly saveNext: (part: string, parts: string) => string
    readonly saving: string
    readonly open: string
    readonly opening: string
    readonly outcome: Readonly<
      Record<"saved" | "part" | "behind" | "other" | "card" | "card-old" | "joined", string>
    >
  }
  /** Each says what is safe, what is lost, and what to do. */
  readonly failures: Readonly<Record<Failure, string>>
}
