/** Why a reply is not sealed, or one of ours is refused. */
export type ReplyErrorCode = "too-long" | "malformed" | "tampered"

/** A reply that cannot be sealed, or that is ours and broken. Never carries its words. */
export class ReplyError extends Error {
  override readonly name = "ReplyError"
  readonly code: ReplyErrorCode
  constructor(code: ReplyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
