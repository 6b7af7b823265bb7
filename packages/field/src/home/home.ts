import { type Card, openCard, openInvitation, recipientOn } from "@govah/core/card"
import type { Primitives } from "@govah/core/primitives"
import type { Report } from "@govah/core/report"
import { type AttachmentSource, createRecording, sealParcel, type Sender } from "@govah/core/seal"
import { toHex } from "@govah/core/bytes"
import type { HeardFile } from "../carry/index.ts"
import {
  type CheckOutcome,
  countProofs,
  dropProof,
  readFeedMemory,
  readProof,
  readSaid,
  readWarnings,
  type SaidToAll,
  warnedOf,
  withoutWarned,
} from "../check/index.ts"
import {
  EnrolError,
  type Enrolment,
  enrolIn,
  forgottenDesk,
  readEnrolment,
  takeNotice,
} from "../enrol/index.ts"
import type * as enrolWitnessModule from "../witness/enrol-witness.ts"
import type { NewWitness } from "../witness/enrol-witness.ts"
import { readDraft, type SavedDraft, writeDraft } from "../draft/index.ts"
import type * as feedReadingModule from "./feed-reading.ts"
import { furnish } from "./furnish.ts"
import { type Face, type Outbox, openOutbox } from "../outbox/index.ts"
import { createRecorder } from "../record/index.ts"
import type { Token } from "@govah/core/token"
import { openPurse } from "../purse/index.ts"
import type { OpenRoads, RelayAddress, Road } from "../road/index.ts"
import { addUnread, dropRead, readUnread } from "../replies/index.ts"
import { type RelaySending, type SendPorts, sendToRelays } from "../send/index.ts"
import { type LockedDrawer, readValue, writeValue } from "../store/index.ts"

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
  finish(report: Report, attachments?: readonly AttachmentSource[], face?: Face | null): Promise<string>
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
  /** Becomes an anonymous witness of the desk whose public card it is. @throws CardError, EnrolError `already-enrolled`. */
  enrolWitness(card: string, witness: NewWitness): Promise<Enrolment>
  /** Forgets an anonymous witness. What is sealed stays, and is sent when the same desk's card is read again. */
  forgetWitness(): Promise<void>
  /** How many reports of a witness who can come back have arrived, from wherever; null for everybody else. */
  arrivedUnderWords(): Promise<number | null>
  /**
   * Seals and keeps. When it returns, the parcel is durable and this place can no longer open it.
   *
   * @param today - YYYY-MM-DD: chooses the term to seal to, and is what is remembered of when.
   * @returns the parcel's id in the outbox.
   * @throws EnrolError `not-enrolled`, SealError; whatever reading an attachment throws. Then nothing is kept.
   */
  keep(
    report: Report,
    attachments: readonly AttachmentSource[],
    today: string,
    face?: Face | null,
  ): Promise<string>
  /**
   * Begins a recording: what is handed to it is sealed and durable at once, and survives a crash.
   *
   * @param draft - the report as far as it is known: what the desk sees if a crash cuts the recording.
   * @param type - media type, in lower case and without parameters.
   * @throws EnrolError `not-enrolled`, SealError; whatever the disk throws.
   */
  record(draft: Report, type: string, today: string): Promise<HomeRecorder>
  /** Whether parcels are kept with what their person knows them by. They are, unless it was turned off. */
  hasFaces(): Promise<boolean>
  /** Turning it off erases those there are. */
  setFaces(wanted: boolean): Promise<void>
  /** What was answered and not kept, or null. */
  draft(): Promise<SavedDraft | null>
  /** Saves it sealed; null erases it. */
  saveDraft(draft: SavedDraft | null): Promise<void>
  /** Keeps tokens of the desk, for when a relay's open share is full. @returns how many are new. */
  takeTokens(tokens: readonly Token[]): Promise<number>
  /** The relays of the card that may be used: those that no standing warning of the desk names. None before enrolment. */
  relays(): Promise<readonly RelayAddress[]>
  /**
   * Sends what waits to as many of {@link relays} as are to have it, side by side; one that fails stops no other.
   *
   * @param parcels - ids, or null for all.
   * @returns one sending for every relay of the card; with the error `warned` for those that were left out.
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
  /** Keeps an answer until it is put away. @throws UnreadFull. */
  keepReply(words: string): Promise<void>
  /** Answers that nobody has put away yet. */
  unread(): Promise<readonly string[]>
  /** Erases answers that were read. */
  dropRead(replies: readonly string[]): Promise<void>
  /** How many heads are kept as proof that two words of the desk cannot both be true. */
  proofs(): Promise<number>
  /** All of them in a row, to be judged by `readFeedProof`; null where there is none. */
  proof(): Promise<Uint8Array | null>
  dropProof(): Promise<void>
  /** What the desk says to everybody, as far as it was heard. */
  said(): Promise<SaidToAll>
}

const FACES = "faces"

/** Opens a home in a drawer. What a crash cut is finished or removed first. */
export async function openHome(ports: HomePorts): Promise<FieldHome> {
  const { drawer, primitives } = ports
  await furnish(drawer)
  const outbox = await openOutbox(drawer, primitives)
  const purse = openPurse(drawer)

  async function enrolled(): Promise<Enrolment> {
    const enrolment = await readEnrolment(drawer, primitives)
    if (enrolment !== null) return enrolment
    // It may have belonged to one, and have lost all of it a moment ago.
    await drawer.stillOurs()
    throw new EnrolError("not-enrolled", "this place belongs to no desk yet")
  }

  /** What a forgotten witness sealed for one desk must not be sent to the relays of another, and never arrive. */
  async function refuseOtherDesk(card: Card): Promise<void> {
    const desk = await forgottenDesk(drawer)
    if (desk === null || desk === card.key) return
    if ((await outbox.list()).every(({ state }) => state === "arrived")) return
    throw new EnrolError("already-enrolled", "what waits here is sealed for another desk")
  }

  const relaysInUse = async ({ relays }: Card): Promise<readonly RelayAddress[]> =>
    withoutWarned(relays, await readWarnings(drawer, primitives))

  const hasFaces = async (): Promise<boolean> => (await readValue(drawer, FACES)) !== "off"
  const shown = async (face: Face | null): Promise<Face | null> =>
    face !== null && (await hasFaces()) ? face : null

  return {
    outbox,
    primitives,
    enrolment: () => readEnrolment(drawer, primitives),
    enrol: async (invitation, today) => {
      await refuseOtherDesk((await openInvitation(invitation, today, primitives)).card)
      return await enrolIn(drawer, invitation, today, primitives)
    },
    enrolWitness: async (card, witness) => {
      await refuseOtherDesk(await openCard(card.replace(/\s+/g, "").replace(/^.*#/, ""), primitives))
      return await (await witnessing()).enrolWitness(drawer, card, witness, primitives)
    },
    forgetWitness: async () => {
      await (await witnessing()).forgetWitness(drawer, primitives)
      await dropRead(drawer, await readUnread(drawer))
    },
    arrivedUnderWords: async () => {
      const enrolment = await readEnrolment(drawer, primitives)
      return enrolment === null || enrolment.back === null ? null : (await readFeedMemory(drawer)).counted
    },
    keep: async (report, attachments, today, face = null) => {
      const { card, ...sender } = await enrolled()
      const sealing = sealParcel(
        {
          report,
          attachments,
          recipients: [recipientOn(card, today)],
          rules: { interopX25519: false },
          desk: card.key,
          sender: senderOf(sender),
        },
        primitives,
      )
      return await outbox.keep(sealing, today, await shown(face))
    },
    record: async (draft, type, today) => {
      const { card, ...sender } = await enrolled()
      const recording = await createRecording(
        {
          draft,
          type,
          recipients: [recipientOn(card, today)],
          rules: { interopX25519: false },
          desk: card.key,
          sender: senderOf(sender),
        },
        primitives,
      )
      const recorder = await createRecorder(drawer, toHex(primitives.random(6)), recording, today, primitives)
      return {
        slice: recorder.slice,
        finish: async (report, attachments = [], face = null) => {
          const end = { report, attachments, seed: (await enrolled()).seed }
          return await recorder.finish(end, await shown(face))
        },
        abandon: recorder.abandon,
      }
    },
    hasFaces,
    setFaces: async (wanted) => {
      await writeValue(drawer, FACES, wanted ? "on" : "off")
      if (!wanted) await outbox.forgetFaces()
    },
    draft: () => readDraft(drawer),
    saveDraft: (saved) => writeDraft(drawer, saved),
    relays: async () => {
      const enrolment = await readEnrolment(drawer, primitives)
      return enrolment === null ? [] : await relaysInUse(enrolment.card)
    },
    takeTokens: (tokens) => purse.add(tokens),
    send: async (parcels, wishes = {}) => {
      const { card } = await enrolled()
      const inUse = await relaysInUse(card)
      const sendings = await sendToRelays(inUse, parcels, { ...ports, ...wishes, outbox, purse })
      return card.relays.map(
        ({ url }) => sendings.find(({ relay }) => relay === url) ?? { relay: url, error: warnedOf() },
      )
    },
    check: async (onReply) => {
      const { card, ...own } = await enrolled()
      return await (await feedReading()).checkFeed(card, own, onReply, { ...ports, outbox })
    },
    hear: async (received, onReply) => {
      const { card, seed, back } = await enrolled()
      const unit = await primitives.publicKey(seed)
      const ports = { drawer, outbox, primitives, unit, back, onReply }
      return await (await feedReading()).hearFeedFile(received, card.key, ports)
    },
    takeCard: async (received) => {
      const known = (await enrolled()).card
      const newest = ({ terms }: Card): string => terms.at(-1)?.from ?? ""
      const card = await openCard(received, primitives)
      if (card.key === known.key && newest(card) <= newest(known)) return false
      await takeNotice(drawer, received, known.key, primitives)
      return true
    },
    keepReply: (words) => addUnread(drawer, words),
    unread: () => readUnread(drawer),
    dropRead: (replies) => dropRead(drawer, replies),
    proofs: () => countProofs(drawer),
    proof: () => readProof(drawer),
    dropProof: () => dropProof(drawer),
    said: () => readSaid(drawer, primitives),
  }
}

// Fetched when it is wanted: everybody waits for what seals.

function witnessing(): Promise<typeof enrolWitnessModule> {
  return import("../witness/enrol-witness.ts")
}

function feedReading(): Promise<typeof feedReadingModule> {
  return import("./feed-reading.ts")
}

function senderOf({ seed, invitation, back }: Omit<Enrolment, "card">): Sender {
  return { seed, invitation, ...(back === null ? {} : { back }) }
}
