/** Why a feed file is refused. */
export type FeedErrorCode =
  | "too-long"
  | "malformed"
  | "unknown-version"
  | "bad-signature"
  | "rollback"
  | "split"

/** A feed file that must not be believed. */
export class FeedError extends Error {
  override readonly name = "FeedError"
  readonly code: FeedErrorCode
  constructor(code: FeedErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
