export { createDesk, openDesk } from "./create-desk.ts"
export type {
  Desk,
  DeskDeps,
  DeskWays,
  FeedDelivery,
  GateCheck,
  LogSigner,
  MemberAct,
  NewInvitation,
  PictureRequest,
  PublicationSet,
  PullProgress,
  PullSummary,
  RestoreSummary,
  RelayAccess,
  RelayRoad,
  ReportRow,
  ReportView,
  SaidInShort,
  SourceSummary,
} from "./desk.ts"
export { DeskError, type DeskErrorCode } from "./desk-error.ts"
export { MIN_PASSPHRASE_LENGTH } from "./folder/lock.ts"
