/** Why a feed's head, a part of it, or a whole number of it is refused. */
export type FeedErrorCode =
  | "too-long"
  | "truncated"
  | "malformed"
  | "unknown-version"
  | "bad-signature"
  | "bad-part"
  | "rollback"
  | "split"

/** Something of a feed that must not be believed. */
export class FeedError extends Error {
  override readonly name = "FeedError"
  readonly code: FeedErrorCode
  constructor(code: FeedErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
