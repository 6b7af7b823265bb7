/** Why a price or the proof of work is refused. */
export type WorkErrorCode = "malformed" | "unknown-version" | "too-dear" | "not-enough"

/** A price that is not paid, or work that pays for nothing. */
export class WorkError extends Error {
  override readonly name = "WorkError"
  readonly code: WorkErrorCode
  constructor(code: WorkErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
