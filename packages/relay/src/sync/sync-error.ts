/**
 * Why a sync ended before its end. `peer-down`: nobody answers, or the line broke too often. `peer-refused`: the other
 * relay does not know the capability, or does not take what it was given. `bad-answer`: what it answers is none.
 * `road-closed`: the road that its address demands is not open here. `not-an-exchange`: a file that is something else.
 */
export type SyncErrorCode =
  | "peer-down"
  | "peer-refused"
  | "bad-answer"
  | "road-closed"
  | "not-an-exchange"
  | "full"

/** A sync that did not come to its end. What was exchanged until then is kept; doing it again goes on from there. */
export class SyncError extends Error {
  override readonly name = "SyncError"
  readonly code: SyncErrorCode
  constructor(code: SyncErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
