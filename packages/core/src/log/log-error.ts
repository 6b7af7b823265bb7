/** Why something that claims to be part of a log was refused. */
export type LogErrorCode =
  | "not-utf8"
  | "bad-note"
  | "bad-key"
  | "bad-checkpoint"
  | "wrong-origin"
  | "not-signed"
  | "bad-signature"
  | "duplicate-signature"
  | "bad-size"
  | "bad-index"
  | "bad-proof"
  | "bad-tile"
  | "bad-bundle"
  | "too-long"
  | "bad-entry"
  | "bad-disclosure"
  | "undisclosed"

/** Log material that is ours to judge and is broken. Messages carry sizes and indexes, never contents. */
export class LogError extends Error {
  override readonly name = "LogError"
  readonly code: LogErrorCode
  constructor(code: LogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
