/** Why something is not sealed. Nothing was written when one of these is thrown. */
export type SealErrorCode = "bad-recipient" | "mixed-recipients" | "too-long" | "bad-report"

/** A request to seal that is refused. Never carries contents or keys. */
export class SealError extends Error {
  override readonly name = "SealError"
  readonly code: SealErrorCode
  constructor(code: SealErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
