/** Why a bulletin or a call is refused. */
export type BulletinErrorCode = "too-long" | "malformed" | "unknown-version"

/** A part of a feed that is no bulletin or call. The head that lists it is as good as before. */
export class BulletinError extends Error {
  override readonly name = "BulletinError"
  readonly code: BulletinErrorCode
  constructor(code: BulletinErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
