/** Why a desk refuses. */
export type DeskErrorCode =
  | "wrong-passphrase"
  | "weak-passphrase"
  | "bad-name"
  | "no-desk"
  | "desk-exists"
  | "not-empty"
  | "damaged"
  | "disk-full"
  | "closed"
  | "bad-act"
  | "unknown-root"
  | "unknown-id"
  | "id-taken"
  | "not-whole"
  | "unreadable"
  | "no-attachment"
  | "bad-picture"
  | "picture-too-large"
  | "bad-relay"
  | "road-not-available"
  | "relay-failed"
  | "no-such-relay"
  | "bad-count"
  | "no-bundle"
  | "no-reply"
  | "feed-split"
  | "gate"

/** A request that a desk refuses. Nothing was changed. Messages carry ids and sizes, never what a report says. */
export class DeskError extends Error {
  override readonly name = "DeskError"
  readonly code: DeskErrorCode
  constructor(code: DeskErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
