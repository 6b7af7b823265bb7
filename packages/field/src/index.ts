export {
  type CheckOutcome,
  type CheckPorts,
  checkFeed,
  type FeedVisit,
  isWarnedOf,
  type SaidToAll,
} from "./check/index.ts"
export { EnrolError, type EnrolErrorCode, type Enrolment, enrolIn, readEnrolment } from "./enrol/index.ts"
export { type FieldHome, type HomePorts, type HomeRecorder, openHome } from "./home/index.ts"
export { type Lock, LockError, type LockErrorCode, type LockForm } from "./lock/index.ts"
export { MediaError, type MediaErrorCode, type MediaKind, mediaType, sniffMedia } from "./media/index.ts"
export {
  type KeptCell,
  type Outbox,
  OutboxError,
  type OutboxErrorCode,
  type OutboxParcel,
  openOutbox,
} from "./outbox/index.ts"
export {
  buildReport,
  type ClaimInput,
  isoOfPersian,
  type PersianDay,
  parseWhen,
  persianDay,
  ReportError,
  type ReportErrorCode,
  type ReportInput,
} from "./report/index.ts"
export {
  addressOn,
  type OpenRoads,
  type RelayAddress,
  type Road,
  type RoadAnswer,
  RoadError,
  type RoadErrorCode,
} from "./road/index.ts"
export {
  COPIES,
  type RelaySending,
  relaysWithAll,
  type SendOutcome,
  type SendPorts,
  type SendProgress,
  sendWaiting,
} from "./send/index.ts"
export {
  findPlaces,
  type Gazetteer,
  GazetteerError,
  type GazetteerErrorCode,
  type GazetteerPlace,
  gazetteerFromTable,
  indexPlaces,
  parseGazetteer,
  placesNamed,
} from "./place/index.ts"
export { createRecorder, type Recorder } from "./record/index.ts"
export type { Drawer, DrawerFile, LockedDrawer } from "./store/index.ts"
