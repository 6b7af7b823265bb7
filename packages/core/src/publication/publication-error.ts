/** Why something that claims to be a publication was refused. */
export type PublicationErrorCode =
  | "not-canonical"
  | "unknown-version"
  | "unknown-type"
  | "wrong-shape"
  | "bad-text"
  | "bad-date"
  | "bad-url"
  | "bad-number"
  | "bad-series"
  | "duplicate"

/** A publication that cannot be published. Messages name the field, never what stands in it. */
export class PublicationError extends Error {
  override readonly name = "PublicationError"
  readonly code: PublicationErrorCode
  constructor(code: PublicationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
