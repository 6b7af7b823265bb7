/** Why a bundle file is not written. */
export type BundleErrorCode = "file-exists" | "nothing-waits"

/** A bundle file that is not written; nothing of it is left behind. */
export class BundleError extends Error {
  override readonly name = "BundleError"
  readonly code: BundleErrorCode
  constructor(code: BundleErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
