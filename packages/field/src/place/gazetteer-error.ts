/** Why a gazetteer cannot be used. */
export type GazetteerErrorCode = "not-one" | "too-long" | "malformed"

/** A gazetteer that cannot be used. The message holds a line's number and a field's name, never contents. */
export class GazetteerError extends Error {
  override readonly name = "GazetteerError"
  readonly code: GazetteerErrorCode
  constructor(code: GazetteerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
