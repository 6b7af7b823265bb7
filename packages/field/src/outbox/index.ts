export { type Face, type FaceKind, MAX_THUMBNAIL_BYTES } from "./face.ts"
export { openOutbox } from "./drawer-outbox.ts"
export type { KeptCell, Outbox, OutboxParcel } from "./outbox.ts"
export { OutboxError, type OutboxErrorCode } from "./outbox-error.ts"
