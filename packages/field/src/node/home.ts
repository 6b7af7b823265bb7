import { nodePrimitives } from "@govah/node"
import type { Report } from "@govah/core/report"
import type { FeedVisit, SaidToAll } from "../check/index.ts"
import { EnrolError, type Enrolment } from "../enrol/index.ts"
import { type FieldHome, openHome } from "../home/index.ts"
import type { OutboxParcel } from "../outbox/index.ts"
import { buildReport, type ReportInput } from "../report/index.ts"
import type { RelaySending, SendProgress } from "../send/index.ts"
import { attachFile, type FileAttachment } from "./attach-file.ts"
import { unlockFolder } from "./unlock-folder.ts"
import { DIRECT, openRoads, roadFor, type Ways } from "./socks-road.ts"

/**
 * Opens a folder as a field home, creating it where it is missing.
 *
 * @param ways - how requests leave. Without a proxy, relays that demand Tor are refused, and cells for them can be
 *   carried as a file.
 * @param passphrase - as typed; null for a folder whose key lies in it.
 * @throws LockError.
 */
export async function createFieldHome(
  directory: string,
  ways: Ways = DIRECT,
  passphrase: string | null = null,
): Promise<FieldHome> {
  return await openHome({
    drawer: await unlockFolder(directory, passphrase),
    road: roadFor(ways),
    open: openRoads(ways),
    primitives: nodePrimitives,
  })
}

/** Today in UTC, YYYY-MM-DD. */
export function todayUtc(): string {
  return new Date().toISOString().slice(0, 10)
}

/** @throws CardError, EnrolError `already-enrolled`. */
export async function enrol(
  home: FieldHome,
  invitation: string,
  today: string = todayUtc(),
): Promise<Enrolment> {
  return await home.enrol(invitation, today)
}

/** A report and the files that go with it. */
export interface ReportToKeep {
  readonly report: Report
  readonly attachments: readonly FileAttachment[]
}

/**
 * Checks every file, then seals and keeps. All or nothing: what fails leaves the outbox as it was.
 *
 * @returns the parcel as the outbox lists it, durable.
 * @throws EnrolError `not-enrolled`, MediaError, SealError.
 */
export async function keepReport(
  home: FieldHome,
  { report, attachments }: ReportToKeep,
  today: string = todayUtc(),
): Promise<OutboxParcel> {
  if ((await home.enrolment()) === null) {
    throw new EnrolError("not-enrolled", "this folder belongs to no desk yet")
  }
  const sources = []
  for (const attachment of attachments) sources.push(await attachFile(attachment))
  const id = await home.keep(report, sources, today)
  const kept = (await home.outbox.list()).find((parcel) => parcel.id === id)
  if (kept === undefined) throw new TypeError("a parcel was kept and is not listed")
  return kept
}

/** Builds a report and keeps it. @throws ReportError, and everything that {@link keepReport} throws. */
export async function tell(
  home: FieldHome,
  input: ReportInput,
  attachments: readonly FileAttachment[],
  today: string = todayUtc(),
): Promise<OutboxParcel> {
  return await keepReport(home, { report: buildReport(input, attachments.length), attachments }, today)
}

/** Sends everything that waits to as many relays of the card as are to have it. @throws EnrolError `not-enrolled`. */
export async function sendAll(
  home: FieldHome,
  onProgress?: (progress: SendProgress) => void,
): Promise<readonly RelaySending[]> {
  return await home.send(null, onProgress === undefined ? {} : { onProgress })
}

/** What a check shows. */
export interface CheckReport {
  readonly parcels: readonly OutboxParcel[]
  /** Ids of the parcels that arrived just now. */
  readonly arrived: readonly string[]
  /** The day of the newest word from the desk, YYYY-MM-DD, or null. */
  readonly heardOn: string | null
  /** Warnings, to be shown before all else; bulletins; calls. */
  readonly said: SaidToAll
  readonly visits: readonly FeedVisit[]
}

/**
 * Fetches what is new in the desk's feed, settles what has arrived, and lists everything.
 *
 * @param onReply - shown each reply, once.
 * @throws EnrolError `not-enrolled`.
 */
export async function check(
  home: FieldHome,
  onReply: (words: string) => void | Promise<void> = () => {},
): Promise<CheckReport> {
  const outcome = await home.check(onReply)
  return { parcels: await home.outbox.list(), ...outcome }
}
