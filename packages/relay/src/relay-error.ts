/** Why a relay cannot be run or used by its operator. What senders and readers are told: `routes/errors.ts`. */
export type RelayErrorCode =
  | "port-taken"
  | "bad-config"
  | "not-a-relay"
  | "newer-store"
  | "no-bodies"
  | "bad-desk-key"
  | "bad-term"
  | "bad-relay-name"
  | "full"
  | "token-spent"
  | "missing-part"
  | "backup-exists"

/** A relay that cannot start, or an operator's command that it refuses. */
export class RelayError extends Error {
  override readonly name = "RelayError"
  readonly code: RelayErrorCode
  constructor(code: RelayErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
