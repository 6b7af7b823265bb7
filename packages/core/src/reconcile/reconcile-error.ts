/**
 * Why a message is refused. `out-of-order`: ranges or elements are not strictly ascending, or overlap. `unasked`: an
 * answer to something else than what was asked. `too-much`: the other side never comes to an end.
 */
export type ReconcileErrorCode =
  | "malformed"
  | "unknown-version"
  | "out-of-order"
  | "too-long"
  | "unasked"
  | "too-much"

/** A message of a reconciliation that must not be believed. Nothing was learned from it. */
export class ReconcileError extends Error {
  override readonly name = "ReconcileError"
  readonly code: ReconcileErrorCode
  constructor(code: ReconcileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
