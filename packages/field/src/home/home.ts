import { type Card, openCard, recipientOn } from "@govah/core/card"
import type { Primitives } from "@govah/core/primitives"
import type { Report } from "@govah/core/report"
import { type AttachmentSource, createRecording, sealParcel } from "@govah/core/seal"
import { toHex } from "@govah/core/bytes"
import { type HeardFile, hearFeedFile } from "../carry/index.ts"
import { type CheckOutcome, checkFeed, readSaid, type SaidToAll } from "../check/index.ts"
import { EnrolError, type Enrolment, enrolIn, readEnrolment, takeNotice } from "../enrol/index.ts"
import { type Outbox, openOutbox } from "../outbox/index.ts"
import { createRecorder } from "../record/index.ts"
import type { Token } from "@govah/core/token"
import { openPurse } from "../purse/index.ts"
import type { OpenRoads, Road } from "../road/index.ts"
import { type RelaySending, type SendPorts, sendToRelays } from "../send/index.ts"
import type { LockedDrawer } from "../store/index.ts"

/** What the field stands on. */
export interface HomePorts {
  readonly drawer: LockedDrawer
  readonly road: Road
  readonly open: OpenRoads
  readonly primitives: Primitives
}

/** How whoever sends is told of it, and stops it. */
export type SendWishes = Pick<SendPorts, "onProgress" | "isStopped" | "onAcknowledged">

/** A recording that goes on. As `Recorder`, and signs with this place's key. */
export interface HomeRecorder {
  /** At most 2 s; durable when it resolves. Where it fails, the same bytes may be handed over again. */
  slice(bytes: Uint8Array): Promise<void>
  /** Keeps recording and report. Where it fails, it may be called again. @returns the parcel's id in the outbox. */
  finish(report: Report, attachments?: readonly AttachmentSource[]): Promise<string>
  /** Erases the recording for good. */
  abandon(): Promise<void>
}

/** One unit's place in the field: what it belongs to, what waits, and what can be done with it. */
export interface FieldHome {
  readonly outbox: Outbox
  readonly primitives: Primitives
  /** @returns null before enrolment. */
  enrolment(): Promise<Enrolment | null>
  /** @throws CardError, EnrolError `already-enrolled`. */
  enrol(invitation: string, today: string): Promise<Enrolment>
  /**
   * Seals and keeps. When it returns, the parcel is durable and this place can no longer open it.
   *
   * @param today - YYYY-MM-DD: chooses the term to seal to, and is what is remembered of when.
   * @returns the parcel's id in the outbox.
   * @throws EnrolError `not-enrolled`, SealError; whatever reading an attachment throws. Then nothing is kept.
   */
  keep(report: Report, attachments: readonly AttachmentSource[], today: string): Promise<string>
  /**
   * Begins a recording: what is handed to it is sealed and durable at once, and survives a crash.
   *
   * @param draft - the report as far as it is known: what the desk sees if a crash cuts the recording.
   * @param type - media type, in lower case and without parameters.
   * @throws EnrolError `not-enrolled`, SealError; whatever the disk throws.
   */
  record(draft: Report, type: string, today: string): Promise<HomeRecorder>
  /** Keeps tokens of the desk, for when a relay's open share is full. @returns how many are new. */
  takeTokens(tokens: readonly Token[]): Promise<number>
  /**
   * Sends what waits to as many relays of the card as are to have it, side by side; one that fails stops no other.
   *
   * @param parcels - ids, or null for all.
   */
  send(parcels: readonly string[] | null, wishes?: SendWishes): Promise<readonly RelaySending[]>
  /**
   * Asks the relays for what is new in the desk's feed.
   *
   * @param onReply - shown each reply before the key that reads it is dropped: this place cannot show it again.
   */
  check(onReply: (words: string) => void | Promise<void>): Promise<CheckOutcome>
  /** Takes a number of the feed that somebody carried. @param received - attacker-controlled. */
  hear(received: Uint8Array, onReply: (words: string) => void | Promise<void>): Promise<HeardFile>
  /**
   * Takes the desk's card from whoever shows it: the signature is all that counts.
   *
   * @param received - attacker-controlled.
   * @returns whether it is newer than the one that is known: an older one would seal to keys that are gone.
   * @throws CardError, `other-card` for another desk's.
   */
  takeCard(received: string): Promise<boolean>
  /** What the desk says to everybody, as far as it was heard. */
  said(): Promise<SaidToAll>
}

/** Opens a home in a drawer. What a crash cut is finished or removed first. */
export async function openHome(ports: HomePorts): Promise<FieldHome> {
  const { drawer, primitives } = ports
  const outbox = await openOutbox(drawer, primitives)
  const purse = openPurse(drawer)

  async function enrolled(): Promise<Enrolment> {
    const enrolment = await readEnrolment(drawer, primitives)
    if (enrolment === null) throw new EnrolError("not-enrolled", "this place belongs to no desk yet")
    return enrolment
  }

  return {
    outbox,
    primitives,
    enrolment: () => readEnrolment(drawer, primitives),
    enrol: (invitation, today) => enrolIn(drawer, invitation, today, primitives),
    keep: async (report, attachments, today) => {
      const { card, invitation, seed } = await enrolled()
      const sealing = sealParcel(
        {
          report,
          attachments,
          recipients: [recipientOn(card, today)],
          rules: { interopX25519: false },
          desk: card.key,
          sender: { seed, invitation },
        },
        primitives,
      )
      return await outbox.keep(sealing, today)
    },
    record: async (draft, type, today) => {
      const { card, invitation, seed } = await enrolled()
      const recording = await createRecording(
        {
          draft,
          type,
          recipients: [recipientOn(card, today)],
          rules: { interopX25519: false },
          desk: card.key,
          sender: { seed, invitation },
        },
        primitives,
      )
      const recorder = await createRecorder(drawer, toHex(primitives.random(6)), recording, today, primitives)
      return {
        slice: recorder.slice,
        finish: async (report, attachments = []) =>
          await recorder.finish({ report, attachments, seed: (await enrolled()).seed }),
        abandon: recorder.abandon,
      }
    },
    takeTokens: (tokens) => purse.add(tokens),
    send: async (parcels, wishes = {}) => {
      const { card } = await enrolled()
      return await sendToRelays(card.relays, parcels, { ...ports, ...wishes, outbox, purse })
    },
    check: async (onReply) => {
      const { card, seed } = await enrolled()
      return await checkFeed(card, seed, onReply, { ...ports, outbox })
    },
    hear: async (received, onReply) => {
      const { card, seed } = await enrolled()
      const unit = await primitives.publicKey(seed)
      return await hearFeedFile(received, card.key, { drawer, outbox, primitives, unit, onReply })
    },
    takeCard: async (received) => {
      const known = (await enrolled()).card
      const newest = ({ terms }: Card): string => terms.at(-1)?.from ?? ""
      const card = await openCard(received, primitives)
      if (card.key === known.key && newest(card) <= newest(known)) return false
      await takeNotice(drawer, received, known.key, primitives)
      return true
    },
    said: () => readSaid(drawer, primitives),
  }
}
