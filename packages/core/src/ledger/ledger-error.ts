/** Why an entry, or a chain of them, is refused. */
export type LedgerErrorCode =
  | "too-long"
  | "malformed"
  | "unknown-version"
  | "wrong-desk"
  | "bad-signature"
  | "wrong-number"
  | "wrong-previous"
  | "clock-order"
  | "clock-ahead"

/** An entry that does not belong where it stands. Names positions, never what an entry says. */
export class LedgerError extends Error {
  override readonly name = "LedgerError"
  readonly code: LedgerErrorCode
  constructor(code: LedgerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
