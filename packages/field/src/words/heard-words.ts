import type { Silence } from "../check/silence.ts"

/** What is said of hearing back from the desk. */
export interface HeardWords {
  readonly never: string
  /** @param days - for the grammar; below 0 where this device's clock is behind. @param count - the same in digits. */
  readonly ago: (days: number, count: string, day: string) => string
  readonly silence: Readonly<Record<Exclude<Silence, null>, string>>
  readonly read: string
  readonly replyKept: string
  readonly refused: string
  readonly refusedWhat: string
  readonly saveProof: string
  readonly proofSaved: string
  readonly dropProof: string
}
