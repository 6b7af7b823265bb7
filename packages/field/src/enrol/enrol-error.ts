/** Why enrolment, or what needs it, is refused. */
export type EnrolErrorCode = "already-enrolled" | "not-enrolled"

/** Enrolment that cannot be done, or has not been done. An invitation that is itself wrong is a `CardError`. */
export class EnrolError extends Error {
  override readonly name = "EnrolError"
  readonly code: EnrolErrorCode
  constructor(code: EnrolErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
