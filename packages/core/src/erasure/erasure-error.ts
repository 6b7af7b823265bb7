/** Why shards cannot be coded: there are too many, they are too long, or not all of one length. */
export type ErasureErrorCode = "out-of-bounds"

/** Counts or lengths that this code does not take. Thrown before anything is allocated. */
export class ErasureError extends Error {
  override readonly name = "ErasureError"
  readonly code: ErasureErrorCode
  constructor(message: string) {
    super(message)
    this.code = "out-of-bounds"
  }
}
