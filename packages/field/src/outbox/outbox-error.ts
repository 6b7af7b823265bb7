/** Why the outbox refuses. */
export type OutboxErrorCode = "no-such-parcel" | "damaged"

/** A request that the outbox refuses. What is kept stays kept. */
export class OutboxError extends Error {
  override readonly name = "OutboxError"
  readonly code: OutboxErrorCode
  constructor(code: OutboxErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
