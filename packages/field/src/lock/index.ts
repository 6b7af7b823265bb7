export { LOCK_FILE, type Lock, lockOf } from "./lock.ts"
export type { LockForm } from "./lock-bytes.ts"
export { LockError, type LockErrorCode } from "./lock-error.ts"
