/**
 * Why the lock refuses. `wrong`: the passphrase opens nothing here. `there-is-one`: a lock exists already. `none`: there is
 * no lock. `damaged`: what is there is no lock. `weak`: no passphrase that was proposed, or the other one of the two. `wiped`: the lock that was opened is
 * gone or another one, by another tab or process.
 */
export type LockErrorCode = "wrong" | "there-is-one" | "none" | "damaged" | "weak" | "wiped"

/** Something that the lock refuses. What is kept stays kept. */
export class LockError extends Error {
  override readonly name = "LockError"
  readonly code: LockErrorCode
  constructor(code: LockErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
