import type { MaterialType } from "@govah/core/bulletin"
import type { CellId } from "@govah/core/cell"
import type { ActOf, LedgerState, LocalText, ReportState, UnitStanding } from "@govah/core/ledger"
import type { Primitives } from "@govah/core/primitives"
import type { PackContents } from "./broadcast/sign-pack.ts"
import type { ExportRecipients } from "./export/export-age.ts"
import type { Publication } from "@govah/core/publication"
import type { Period, Place, Report } from "@govah/core/report"
import type { SocksProxy } from "@govah/node"

/** What a desk needs of the world. */
export interface DeskDeps {
  now(): Date
  readonly primitives: Primitives
  /** Most reports of strangers that one day lets in; left out, a thousand. */
  readonly strangersADay?: number
  /** How requests leave; left out, directly, and onion relays are not asked at all. */
  readonly ways?: DeskWays
}

/** How a desk's requests leave the machine. */
export interface DeskWays {
  /** Tor's proxy, or another one: onion relays are asked through it alone. */
  readonly socks: SocksProxy | null
  /** Whether https relays are asked through it, too. Local ones are then not asked at all. */
  readonly socksForAll: boolean
}

/** How a relay is reached. If that way is down, nothing goes by another. */
export type RelayRoad = "https" | "onion" | "lan"

/** A relay that the desk pulls from and names in its card. `capability` is what `govah relay admit` printed. */
export interface RelayAccess {
  readonly url: string
  readonly road: RelayRoad
  readonly capability: string
  /** Whether it is the desk's alone and not on its card: an onion service that only the desk can find. */
  readonly unlisted?: boolean
  /** 1 to 8: relays of one number are one operator's, so that a second copy goes to another. Left out: nobody else's. */
  readonly operator?: number
}

/** What a member may do. Everything else in the ledger is written by the desk itself, about what it saw or made. */
export type MemberAct = ActOf<
  | "confirmed-unit"
  | "graded"
  | "placed"
  | "dated"
  | "noted"
  | "claim-set"
  | "event-set"
  | "action-set"
  | "story-set"
  | "warning-set"
  | "bulletin-set"
>

/** An invitation for one unit. Both texts carry the same secret: the first that is used counts. */
export interface NewInvitation {
  /** Names the current and the coming intake terms: a phone that stays offline rolls over by itself. */
  readonly text: string
  /** Names the current term alone, so that it fits one QR code. */
  readonly shortText: string
  /** Last day on which it may be used, YYYY-MM-DD. */
  readonly lastDay: string
}

/** One batch that is durably stored. */
export interface PullProgress {
  /** The relay's address, or the name of the file. */
  readonly from: string
  readonly cells: number
  readonly newCells: number
}

/** What one relay or file gave. */
export interface SourceSummary {
  readonly from: string
  readonly cells: number
  readonly newCells: number
  /** Bytes after the last whole cell of a file: it was cut. */
  readonly cutBytes: number
  /** Veiled pieces of a file in which a bit has changed: lost, and nothing else with them. */
  readonly damaged: number
  /** Whether it says that it has more than one pull takes: pull again. */
  readonly more: boolean
  /** Why it gave no more; null where it gave all. What came before is kept. */
  readonly failed: { readonly code: string; readonly message: string } | null
}

/** What a pull did. Roots are named in the order of arrival. */
export interface PullSummary {
  readonly sources: readonly SourceSummary[]
  /** Reports that arrived for the first time. */
  readonly received: readonly CellId[]
  /** Reports that became whole. */
  readonly completed: readonly CellId[]
  /** Roots sealed to our key that hold nothing we understand, or were damaged. */
  readonly unreadable: readonly CellId[]
  /** Known reports that came again by another road. */
  readonly carried: number
  /** Reports still waiting for cells. */
  readonly waiting: number
  /** Reports of strangers that wait for another day: enough came in today. */
  readonly atDoor: number
}

/** What a restoring did. */
export interface RestoreSummary {
  /** Cells that known reports name and that were missing here. */
  readonly wanted: number
  /** Of those, how many are here now. */
  readonly found: number
  /** Cells that came, strangers' with them. */
  readonly fetched: number
  /** Reports that became whole. */
  readonly completed: readonly CellId[]
}

/** What the report itself says, in short. */
export interface SaidInShort {
  readonly type: Report["type"]
  readonly language: string
  readonly place: Place | null
  readonly period: Period | null
  readonly basis: Report["basis"]
  readonly action: Report["action"]
  readonly consent: Report["consent"]
  /** The first 120 characters. */
  readonly words: string
  readonly claims: number
  readonly attachments: number
}

/** A report as the inbox lists it: what the ledger says, and in short what the report says. */
export interface ReportRow extends ReportState {
  /** Null where the root does not name a unit that could be read. */
  readonly unitStanding: UnitStanding | null
  readonly open: "whole" | "waiting" | "unreadable"
  /** Cells that have not arrived, as far as is known. */
  readonly missingCells: number
  /** Arrived after the term that it was sealed to. */
  readonly late: boolean
  /** Null where it cannot be opened, or not yet. */
  readonly said: SaidInShort | null
  /** Ids of claims and actions made from it. */
  readonly supports: readonly string[]
  /** Ids of publications that use it. */
  readonly publications: readonly string[]
}

/** One report, opened. */
export interface ReportView extends ReportRow {
  readonly report: Report | null
  /** `sha256` is null where a crash cut the recording: nobody could hash the whole. */
  readonly attachments: readonly {
    readonly type: string
    readonly bytes: number
    readonly sha256: string | null
  }[]
  /** Six numbers of four digits that stand for the unit's key, to compare by voice; empty where no unit is named. */
  readonly unitDigits: readonly string[]
  /** Public copies made from its attachments. */
  readonly pictures: readonly ActOf<"picture-made">[]
  readonly claims: readonly ActOf<"claim-set">[]
}

/** What is asked for when a public copy of a picture is made. */
export interface PictureRequest {
  readonly root: CellId
  /** Index of the attachment that it is made from. */
  readonly attachment: number
  readonly source: "photo" | "still"
  /** A JPEG made by hand (a still of a video, faces covered); left out, the attachment itself is used. */
  readonly jpeg?: Uint8Array
  readonly caption: LocalText
  /** Id of the event or action that it belongs to. */
  readonly subject: string
  readonly reviewed: boolean
}

/** One publication rule and what it says about one event, action or story. */
export interface GateCheck {
  readonly rule: string
  readonly ok: boolean
  /** What is missing, in English; empty where `ok`. Names ids, not contents. */
  readonly why: string
}

/** What a publication set's log signs with. Shaped as core/log's note signer. */
export interface LogSigner {
  readonly name: string
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Promise<Uint8Array>
}

/** Newest published revision of each event, action and story, and the bytes of the pictures that they name. */
export interface PublicationSet {
  readonly publications: readonly Publication[]
  /** By SHA-256. */
  readonly pictures: ReadonlyMap<string, Uint8Array>
}

/** What is printed or shown for a call. */
export type CallMaterial = { readonly type: MaterialType; readonly bytes: Uint8Array }

/** Which numbers of the feed a relay has now. */
export interface FeedDelivery {
  readonly relay: string
  /** Newest number that the relay holds; 0 for none. */
  readonly number: number
  readonly failed: { readonly code: string; readonly message: string } | null
}

/**
 * An unlocked desk, from `createDesk` or `openDesk` until {@link Desk.close}.
 *
 * 1. Cells are kept as received; nothing opened is ever written but to the encrypted store.
 * 2. Whatever changes, changes by a signed ledger entry, in the same transaction as what it speaks of.
 * 3. Every method may be called again after a crash at any instant: nothing is lost or done twice.
 */
export interface Desk {
  readonly name: string
  /** Verify key, base64url of 32 B. */
  readonly key: string
  /** The signed card: what a sender must know. Also begins due intake terms. @param terms - named; 1 fits a QR code. */
  card(terms?: number): Promise<string>
  /** A new invitation for one unit. @param label - for the desk alone, at most 300 characters. */
  invite(label: string): Promise<NewInvitation>
  /** Adds a relay, or replaces the capability of one that is known. The card changes too. */
  addRelay(relay: RelayAccess): Promise<void>
  relays(): readonly { readonly url: string; readonly road: RelayRoad }[]
  /** Pulls everything new from all relays. One that is down is named in the summary; the others go on. */
  pull(report?: (line: PullProgress) => void, signal?: AbortSignal): Promise<PullSummary>
  /** Takes a file that was carried by hand: veiled cells or a plain bundle. @throws DeskError `no-bundle`. */
  take(path: string): Promise<PullSummary>
  /**
   * Fetches what is missing of known reports from one of the desk's relays that is open for it: by ranges of ids, never by
   * one. @throws DeskError `no-such-relay`, `relay-failed`, `road-not-available`.
   */
  restore(relay: string, signal?: AbortSignal): Promise<RestoreSummary>
  list(): Promise<readonly ReportRow[]>
  /** @throws DeskError `unknown-root`. */
  show(root: CellId): Promise<ReportView>
  /** Plaintext, in memory, as a stream; provisional until it ends without an error. */
  attachment(root: CellId, index: number): AsyncGenerator<Uint8Array, void, void>
  /**
   * The same attachment as a standard age file for somebody else, as a stream.
   *
   * @throws DeskError as {@link Desk.attachment}, before anything is yielded where it is one payload; SealError
   *   `bad-recipient`, `mixed-recipients`.
   */
  exportAge(root: CellId, index: number, to: ExportRecipients): AsyncGenerator<Uint8Array, void, void>
  state(): LedgerState
  /** Signs and appends; durable when it returns. @throws DeskError `bad-act`, `unknown-root`, `unknown-id`, `id-taken`. */
  act(act: MemberAct): Promise<void>
  /** Decodes, turns upright, scales down and encodes anew, in WebAssembly. @throws DeskError. */
  makePicture(request: PictureRequest): Promise<ActOf<"picture-made">>
  /** Bytes of a public copy; null where there is none of that hash. */
  picture(sha256: string): Uint8Array | null
  /** What every publication rule says about an event, an action or a story. @throws DeskError `unknown-id`. */
  checklist(id: string): Promise<readonly GateCheck[]>
  /** The next revision, or the newest one where nothing changed. @throws DeskError `gate`, `unknown-id`. */
  publish(id: string): Promise<{ readonly revision: number }>
  publicationSet(): PublicationSet
  logSigner(): LogSigner
  /**
   * Seals a reply to a report; it goes out with the next number of the feed.
   *
   * @returns its place in the report's chain, from 0.
   * @throws DeskError `unknown-root`, `no-reply`, `bad-act` (too long, or no words).
   */
  reply(root: CellId, words: string): Promise<number>
  /** Calls for a peaceful action, with what is printed for it. @throws DeskError `bad-act`. */
  call(call: Omit<ActOf<"call-set">, "kind" | "material">, material: CallMaterial | null): Promise<void>
  /**
   * Signs the next number of the feed: receipts, what stands, and the replies that wait. The newest number where nothing
   * changed since, on the same day. `receipts` counts reports.
   */
  makeFeed(): Promise<{ readonly number: number; readonly receipts: number }>
  /** A number of the feed in one file, with everything in it. @throws DeskError `damaged` for one that is not kept. */
  feedFile(number: number): Promise<Uint8Array>
  /**
   * Tokens that pay for posts at one of the desk's relays, as a file to hand on (`spec/token.md`).
   *
   * @param count - 1 to 10,000; each takes a twentieth of a second.
   * @throws DeskError `no-such-relay`, `bad-count`, `relay-failed`, `road-not-available`.
   */
  tokens(relay: string, count: number, signal?: AbortSignal): Promise<Uint8Array>
  /** Gives every relay the numbers that it lacks. */
  publishFeed(signal?: AbortSignal): Promise<readonly FeedDelivery[]>
  /** Signs the head of a pack for broadcast: one cell. What is in a pack is public. @throws PackError. */
  signPack(contents: PackContents): Promise<Uint8Array>
  /** Names what is wrong in the store: ledger, cells, pictures, publications. Empty where nothing is. */
  verify(): Promise<readonly string[]>
  /** Locks the desk. Every other method fails afterwards with `closed`. Calling it again does nothing. */
  close(): void
}
