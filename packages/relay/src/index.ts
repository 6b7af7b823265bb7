export {
  type Admission,
  type AdmissionRequest,
  admit,
  forgetAdmission,
  listAdmissions,
} from "./admission/admission.ts"
export { parseConfig, type RelayConfig, REST_BITS, RETENTION_DAYS } from "./config.ts"
export { cellsById, newestFeedFiles } from "./carry/carried-store.ts"
export { type TakenFeeds, takeFeeds } from "./carry/take-feeds.ts"
export { type Taken, takeFile } from "./ingest/take.ts"
export { ADMISSION_DAYS, MAX_POST_BYTES, MAX_POST_CELLS, WINDOW_CELLS } from "./limits.ts"
export { createRelay, type Relay } from "./relay.ts"
export { RelayError, type RelayErrorCode } from "./relay-error.ts"
export { type Exchanged, exchangeByFile, exchangeByFolder } from "./sync/exchange.ts"
export { httpPeer, type HttpPeer } from "./sync/http-peer.ts"
export { SyncError, type SyncErrorCode } from "./sync/sync-error.ts"
export { type SyncOptions, type SyncPeer, type SyncProgress, syncWith } from "./sync/sync-with.ts"
export type { RelayDeps, RelayStore } from "./store/port.ts"
export { openStore } from "./store/sqlite/sqlite-store.ts"
