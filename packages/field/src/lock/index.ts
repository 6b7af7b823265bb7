export { type Lock, lockOf } from "./lock.ts"
export { LOCK_FILE } from "./lock-file.ts"
export type { LockForm } from "./lock-bytes.ts"
export { LockError, type LockErrorCode } from "./lock-error.ts"
