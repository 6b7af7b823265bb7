export {
  type Act,
  type ActKind,
  type ActOf,
  ActSchema,
  type Grade,
  type LocalPlace,
  type LocalText,
} from "./act.ts"
export { followChain, headOf } from "./chain.ts"
export { compareStamps, MAX_AHEAD_MS, nextStamp, type Stamp } from "./clock.ts"
export {
  type ChainHead,
  type Entry,
  type EntryDocument,
  MAX_LEDGER_ENTRY_BYTES,
  openEntry,
  readEntryUnverified,
  signEntry,
} from "./entry.ts"
export { foldLedger, stateHash } from "./fold.ts"
export { LedgerError, type LedgerErrorCode } from "./ledger-error.ts"
export type { RootPart, RootState } from "./report-roots.ts"
export {
  type CustodyStep,
  type LedgerState,
  type PublicationState,
  type ReportState,
  reportOf,
  type UnitStanding,
} from "./state.ts"
