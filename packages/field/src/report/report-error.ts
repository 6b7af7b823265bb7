/** What is wrong with what was said. Nothing was sealed or kept. */
export type ReportErrorCode = "empty" | "bad-date" | "bad-place" | "bad-claim" | "bad-choice" | "too-long"

/** A report that cannot be built. Names the part that is wrong, never its contents. */
export class ReportError extends Error {
  override readonly name = "ReportError"
  readonly code: ReportErrorCode
  constructor(code: ReportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
