import { CardError } from "@govah/core/card"
import { FeedError } from "@govah/core/feed"
import { SealError } from "@govah/core/seal"
import { EnrolError } from "../enrol/index.ts"
import { LockError } from "../lock/index.ts"
import { MediaError } from "../media/index.ts"
import { OutboxError } from "../outbox/index.ts"
import { ReportError } from "../report/index.ts"
import { RoadError } from "../road/index.ts"
import { Locked } from "./lock-requests.ts"
import { StoppedError } from "./reporting.ts"

/** Everything that can go wrong, as a person is told it; each has its words in every language. */
export const FAILURES = [
  "invitation-broken",
  "invitation-changed",
  "invitation-expired",
  "invitation-newer",
  "already-enrolled",
  "not-enrolled",
  "report-empty",
  "report-date",
  "report-place",
  "report-long",
  "report-other",
  "report-claim",
  "media-unreadable",
  "stopped",
  "storage-full",
  "storage-closed",
  "storage-damaged",
  "road-closed",
  "roads-warned",
  "unreachable",
  "too-slow",
  "relay-busy",
  "relay-full",
  "relay-strange",
  "relay-too-dear",
  "feed-refused",
  "locked",
  "passphrase-wrong",
  "passphrase-other",
  "lock-exists",
  "lock-damaged",
  "wiped",
  "unknown",
] as const
export type Failure = (typeof FAILURES)[number]

/** Sorts an error into what a person is told. The error itself stays here: it goes to no console and no server. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CardError) return CARD[error.code]
  if (error instanceof EnrolError) return error.code
  if (error instanceof LockError) return LOCK[error.code]
  if (error instanceof Locked) return "locked"
  if (error instanceof ReportError) return REPORT[error.code]
  if (error instanceof MediaError) return "media-unreadable"
  if (error instanceof SealError) return error.code === "too-long" ? "report-long" : "report-other"
  if (error instanceof StoppedError) return "stopped"
  if (error instanceof RoadError) return ROAD[error.code]
  if (error instanceof FeedError) return "feed-refused"
  if (error instanceof OutboxError) return "storage-damaged"
  const name = error instanceof Error ? error.name : ""
  if (name === "QuotaExceededError") return "storage-full"
  if (name === "NotReadableError") return "media-unreadable"
  if (name === "SecurityError" || name === "InvalidStateError") return "storage-closed"
  // A file that was to be made, in a folder that is not there any more: the browser threw everything away.
  if (name === "NotFoundError") return "wiped"
  return "unknown"
}

const CARD: Record<CardError["code"], Failure> = {
  truncated: "invitation-broken",
  malformed: "invitation-broken",
  "too-long": "invitation-broken",
  "unknown-version": "invitation-newer",
  "bad-signature": "invitation-changed",
  expired: "invitation-expired",
  "other-card": "invitation-changed",
}
const LOCK: Record<LockError["code"], Failure> = {
  wrong: "passphrase-wrong",
  "there-is-one": "lock-exists",
  none: "wiped",
  damaged: "lock-damaged",
  weak: "passphrase-other",
  wiped: "wiped",
}
const REPORT: Record<ReportError["code"], Failure> = {
  empty: "report-empty",
  "bad-date": "report-date",
  "bad-place": "report-place",
  "bad-claim": "report-claim",
  "bad-choice": "report-other",
  "too-long": "report-long",
}
const ROAD: Record<RoadError["code"], Failure> = {
  closed: "road-closed",
  warned: "roads-warned",
  unreachable: "unreachable",
  "too-slow": "too-slow",
  busy: "relay-busy",
  full: "relay-full",
  refused: "relay-strange",
  "bad-answer": "relay-strange",
  "work-needed": "relay-busy",
  "too-dear": "relay-too-dear",
}
