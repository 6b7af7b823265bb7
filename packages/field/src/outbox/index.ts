export { openOutbox } from "./drawer-outbox.ts"
export type { KeptCell, Outbox, OutboxParcel } from "./outbox.ts"
export { OutboxError, type OutboxErrorCode } from "./outbox-error.ts"
