/**
 * Why a road does not carry.
 *
 * `closed`: the card demands a road that is not open here. `warned`: the desk warns of this relay or road. `unreachable`: nobody answers at the other end. `too-slow`:
 * no answer in time. `busy`, `full`: the relay says so. `refused`: the relay answers, and not with what was asked.
 * `bad-answer`: the answer does not prove what it says. `work-needed`: the relay wants more work for it. `too-dear`: it
 * wants more than anybody should do.
 */
export type RoadErrorCode =
  | "closed"
  | "warned"
  | "unreachable"
  | "too-slow"
  | "busy"
  | "full"
  | "refused"
  | "bad-answer"
  | "work-needed"
  | "too-dear"

/** A road that did not carry. What was not acknowledged is still kept, and nothing went by another road. */
export class RoadError extends Error {
  override readonly name = "RoadError"
  readonly code: RoadErrorCode
  constructor(code: RoadErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
