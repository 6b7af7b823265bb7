/** Why a release, or a copy of one, was refused. */
export type ReleaseErrorCode =
  | "malformed"
  | "too-long"
  | "unknown-version"
  | "bad-keys"
  | "bad-signature"
  | "not-signed"
  | "not-logged"
  | "split-log"
  | "not-newer"
  | "changed"

/** A release that is ours to judge and must not be run. Messages carry sizes, numbers and paths of the program. */
export class ReleaseError extends Error {
  override readonly name = "ReleaseError"
  readonly code: ReleaseErrorCode
  constructor(code: ReleaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
