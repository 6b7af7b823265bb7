/** Why words are not taken. What is taken may still be the wrong words: any seven of a list are somebody's. */
export type WitnessErrorCode = "wrong-count" | "unknown-word"

/** What was typed is no name of a witness. Never carries a word of it. */
export class WitnessError extends Error {
  override readonly name = "WitnessError"
  readonly code: WitnessErrorCode
  /** Places from 0 of the words to look at again. */
  readonly places: readonly number[]
  constructor(code: WitnessErrorCode, message: string, places: readonly number[] = []) {
    super(message)
    this.code = code
    this.places = places
  }
}
