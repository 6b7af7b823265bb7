/** Why a card or an invitation is refused. */
export type CardErrorCode =
  | "truncated"
  | "malformed"
  | "unknown-version"
  | "bad-signature"
  | "expired"
  | "too-long"
  | "other-card"

/** A card or invitation that must not be used. */
export class CardError extends Error {
  override readonly name = "CardError"
  readonly code: CardErrorCode
  constructor(code: CardErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
