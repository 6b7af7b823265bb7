/** Why a pack, or a part of one, is refused. */
export type PackErrorCode = "malformed" | "unknown-version" | "bad-signature" | "too-long" | "tampered"

/** A pack that must not be used, or cannot be made. */
export class PackError extends Error {
  override readonly name = "PackError"
  readonly code: PackErrorCode
  constructor(code: PackErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
