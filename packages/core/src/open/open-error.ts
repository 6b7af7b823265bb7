/** Why something addressed to us cannot be opened. */
export type OpenErrorCode =
  | "truncated"
  | "tampered"
  | "malformed"
  | "unknown-version"
  | "mixed-recipients"
  | "wrong-desk"
  | "missing-cell"
  | "too-long"
  | "part-of-recording"
  | "wrong-closer"

/** A parcel addressed to us that cannot be opened. Never carries plaintext or key bytes. */
export class OpenError extends Error {
  override readonly name = "OpenError"
  readonly code: OpenErrorCode
  constructor(code: OpenErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
