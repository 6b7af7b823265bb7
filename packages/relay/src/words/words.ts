import type { RefusalCode } from "../routes/errors.ts"

/** What happened to a file that was given through the plain page. */
export type UploadOutcome =
  | { readonly kind: "kept"; readonly pieces: number; readonly cutBytes: number; readonly damaged: number }
  | { readonly kind: "not-sealed" }
  | { readonly kind: "no-file" }
  | { readonly kind: "refused"; readonly code: RefusalCode; readonly pieces: number }

/** Everything that a person reads on this machine, in one language. */
export interface Words {
  readonly language: string
  readonly direction: "rtl" | "ltr"
  readonly title: string
  readonly whatItDoes: string
  readonly whatItCannotDo: string
  readonly whatIsNotHidden: string
  readonly giveTitle: string
  readonly giveHow: string
  readonly giveWarning: string
  readonly fileLabel: string
  readonly giveButton: string
  readonly takeTitle: string
  readonly takeHow: string
  /** Names one desk's newest feed file; the beginning of its key follows. */
  feedLink(number: number): string
  readonly back: string
  /** Says what is safe, what is lost, and what to do. */
  outcome(outcome: UploadOutcome): readonly string[]
}
