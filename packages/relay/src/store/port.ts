import type { Primitives } from "@govah/core/primitives"

/** What a relay is lent by whoever runs it. */
export interface RelayDeps {
  /** The clock; only its day is ever kept. */
  now(): Date
  /** Milliseconds that never go back, from any start; the process's own where it is left out. Never kept. */
  monotoneMs?(): number
  readonly primitives: Primitives
}

/** A cell and its SHA-256, 32 bytes, as this relay computed it. */
export interface NamedCell {
  readonly id: Uint8Array
  readonly body: Uint8Array
  /** The day that another relay says it came there, in days since 1970-01-01. Left out: today. */
  readonly day?: number
}

/**
 * Which share of the disk a post may use: `open` leaves a quarter free, `reserved` (tokens, carriers, other relays) may
 * use everything. Nowhere written down.
 */
export type Lane = "open" | "reserved"

/** Cells that came together: all of them are kept, or none. */
export interface Post {
  readonly cells: readonly NamedCell[]
  readonly lane: Lane
  /** The token that pays for them, spent in the same transaction; `hash` is 32 bytes, of the token. */
  readonly spends?: { readonly hash: Uint8Array; readonly untilDay: number }
}

/** How many of a set of cells were new. Never told to a sender: it would say what others have sent. */
export interface PutResult {
  readonly stored: number
  /** Kept before, forgotten before, or older than the retention. */
  readonly known: number
}

/** A cell as it is kept. */
export interface StoredCell {
  readonly id: Uint8Array
  readonly body: Uint8Array
  /** The day it came, in days since 1970-01-01. */
  readonly day: number
}

/** One element of the set that relays reconcile. */
export interface StoredName {
  /** SHA-256 of the cell, 32 bytes. */
  readonly id: Uint8Array
  readonly day: number
  /** Whether what is kept is a tombstone: the cell is forgotten. */
  readonly isForgotten: boolean
}

/** That a cell is forgotten, and the token that proves the right to. */
export interface Tombstone {
  readonly id: Uint8Array
  /** 32 bytes; its SHA-256 is the cell's forget commitment. */
  readonly token: Uint8Array
  /** The day on which it was forgotten, in days since 1970-01-01; long after, the first of a period. */
  readonly day: number
}

/** A page of what the relay holds. */
export interface Page {
  readonly cells: readonly { readonly id: Uint8Array; readonly body: Uint8Array }[]
  /** Where to go on. A reader that keeps calling with the newest cursor misses nothing. */
  readonly next: string
  /** Whether there is more now. False: `next` is the place to ask again later, and may be the cursor just used. */
  readonly more: boolean
}

/** Bytes, as far as the store knows. */
export interface Capacity {
  readonly usedBytes: number
  /** Room for more, places inside the store included. */
  readonly freeBytes: number
  readonly totalBytes: number
}

/** What a check of the whole store found. */
export interface FsckReport {
  readonly checked: number
  /** Ids of cells whose bytes are not those that the id names, hex. A resend from the field or another relay heals. */
  readonly damaged: readonly string[]
  /** What the engine says about its own structure, and what contradicts itself in it; empty where it is whole. */
  readonly structure: readonly string[]
}

/** Who may pull: a desk, or another relay that mirrors this one. */
export type AdmissionKind = "desk" | "mirror"

/** A capability that is kept: its SHA-256, 32 bytes, for the key (32 bytes) of whom it was made for. */
export interface StoredAdmission {
  readonly capabilityHash: Uint8Array
  readonly key: Uint8Array
  readonly kind: AdmissionKind
  /** The last day, in days since 1970-01-01. */
  readonly untilDay: number
}

/** Capabilities. `day` is today, everywhere. */
export interface Admissions {
  add(admission: StoredAdmission): Promise<void>
  /** Ends every capability of a key. @returns how many there were. */
  remove(key: Uint8Array): Promise<number>
  /** Those in force, by key. */
  inForce(day: number): Promise<readonly StoredAdmission[]>
  /** The capability of that hash, if it is in force. */
  find(capabilityHash: Uint8Array, day: number): Promise<StoredAdmission | null>
  /** Whether a key is admitted as a desk. */
  isDesk(key: Uint8Array, day: number): Promise<boolean>
}

/** What became of a number of a feed: kept (also when the same was there before), or why it was not. */
export type PutFeedOutcome = "kept" | "split" | "rollback"

/** A part of a feed and its SHA-256, 32 bytes, as this relay computed it. */
export interface FeedPart {
  readonly hash: Uint8Array
  readonly bytes: Uint8Array
}

/** The head of a number, whose signature was verified. */
export interface VerifiedHead {
  /** 32 bytes. */
  readonly deskKey: Uint8Array
  readonly number: number
  /** SHA-256 of the head before, hex, or null for the first. */
  readonly previous: string | null
  /** SHA-256 of `bytes`, 32 bytes. */
  readonly hash: Uint8Array
  readonly bytes: Uint8Array
  /** SHA-256 of the card that is its intake notice. */
  readonly card: Uint8Array
  /** SHA-256 of every part that it lists, the card among them. */
  readonly parts: readonly Uint8Array[]
}

/** The newest number of a desk that is admitted today. */
export interface NewestFeed {
  readonly deskKey: Uint8Array
  readonly number: number
}

/** The shelf of feeds: heads, and parts by their hashes. What no kept head lists is not served. `day` is today. */
export interface Feeds {
  /** What {@link put} would say of a head, parts aside. */
  outcome(head: Omit<VerifiedHead, "parts" | "card">): Promise<PutFeedOutcome>
  /** Keeps parts for a head that follows within a day; durable when it resolves. @throws RelayError `full`. */
  putParts(parts: readonly FeedPart[]): Promise<void>
  /**
   * Appends a number to a desk's feed; durable, with all its parts, when it resolves to `kept`.
   *
   * The first that a relay sees may carry any number, and gaps are taken: readers do so too. One that follows the newest
   * must name it.
   *
   * @throws RelayError `full`, `missing-part`.
   */
  put(head: VerifiedHead): Promise<PutFeedOutcome>
  /** The head of a number, or of the newest for null, byte for byte as the desk signed it; null where there is none. */
  head(deskKey: Uint8Array, number: number | null): Promise<Uint8Array | null>
  /** A part that a kept head of the desk lists, or null. */
  part(deskKey: Uint8Array, hash: Uint8Array): Promise<Uint8Array | null>
  /** The card of that hash, where a kept head of a desk that is admitted today has it as its intake notice. */
  card(hash: Uint8Array, day: number): Promise<Uint8Array | null>
  /** The newest number of every admitted desk that has a feed here, in the order of their keys. */
  newest(day: number): Promise<readonly NewestFeed[]>
  /** The newest numbers of every admitted desk, at most `perDesk` each. */
  numbers(day: number, perDesk: number): Promise<readonly NewestFeed[]>
}

/** A few small values that belong to the relay itself: its name, its token keys. */
export interface Settings {
  read(name: string): Promise<Uint8Array | null>
  /** Keeps a value, or with null drops it; durable when it resolves. */
  write(name: string, value: Uint8Array | null): Promise<void>
  /** Keeps `value` unless there is one already; durable when it resolves. @returns the one that is kept. */
  ensure(name: string, value: Uint8Array): Promise<Uint8Array>
}

/**
 * What a relay keeps, behind whatever engine keeps it: a set of immutable cells, tombstones that win over them, and a
 * few small shelves. An adapter passes `testing/relay-store-contract.ts`.
 *
 * 1. What a promise resolved for is durable: a power cut now does not lose it.
 * 2. What a promise rejected for with a code is not kept; where the disk failed, all of it is there or nothing.
 * 3. Several processes may have one store open: the relay, and an operator's `admit`, `take` or `fsck`.
 * 4. No time finer than a day is kept, and no order finer than a closed window.
 */
export interface RelayStore {
  readonly deps: RelayDeps
  /** The day now, in whole days since 1970-01-01 UTC. */
  today(): number
  /** Transactions committed since this process opened the store; a measure, kept nowhere. */
  readonly commits: number

  /**
   * Keeps cells; durable when it resolves. Repeating it is harmless. Posts that come together share a commit.
   *
   * Known and forgotten cells are passed over, but the commit always writes and waits for the disk: a sender must not
   * learn from the time whether somebody sent the same before. A cell's day is never later than today, and stays when the
   * cell comes again; one older than the retention is passed over.
   *
   * @throws RelayError `full`, `token-spent`: then nothing of the post is kept.
   */
  put(post: Post): Promise<PutResult>
  /**
   * The page after a cursor, or null where `after` is not a cursor. No cell is ever skipped; some come more than once.
   *
   * @param after - the `next` of an earlier page, attacker-controlled, or null at first.
   * @param limit - most cells, 1 to 256.
   */
  page(after: string | null, limit: number): Promise<Page | null>
  /** Everything that is kept, tombstones too, sorted by id, from the first after `after`. Reads no bodies. */
  names(after: Uint8Array | null, limit: number): Promise<readonly StoredName[]>
  /** Cells by id, in the order asked; null for one that is not here. */
  read(ids: readonly Uint8Array[]): Promise<readonly (StoredCell | null)[]>
  /** How many cells there are. */
  count(): Promise<number>

  /**
   * Forgets the cells that the tokens (32 bytes each) were made for and keeps tombstones. A token of no cell here leaves
   * no trace, after the same commit. Durable when it resolves.
   */
  forget(tokens: readonly Uint8Array[]): Promise<void>
  /** The tombstones of ids, in the order asked; null for one that is not here. */
  tombstones(ids: readonly Uint8Array[]): Promise<readonly (Tombstone | null)[]>
  /**
   * Takes tombstones from another relay: the cells are forgotten here too. One whose token does not fit the cell is
   * passed over; where the cell is not here it is kept, and falls when a cell comes that it does not fit. Its day is never
   * later than today. @returns how many were new.
   *
   * @throws RelayError `full`.
   */
  putTombstones(tombstones: readonly Tombstone[]): Promise<number>

  readonly admissions: Admissions
  readonly feeds: Feeds
  readonly settings: Settings

  capacity(): Promise<Capacity>
  /**
   * Deletes what is older than the retention, capabilities and spent tokens whose term is over, in short transactions.
   * Tombstones stay; past twice the retention their day is blurred, and the oldest go where there are too many for the
   * store (`docs/adr/0024-tombstones-stay.md`). @returns how many cells were deleted.
   */
  expire(): Promise<number>
  /** Hashes everything again. Reads everything, changes nothing; the relay may run meanwhile. */
  fsck(): Promise<FsckReport>
  /** Writes a copy of the whole store, readable to its owner alone; the relay may run meanwhile. @param path - a new file. */
  backup(path: string): Promise<void>
  /**
   * Closes the open window where it is due, brings the cells of closed windows to their final places, and empties what
   * remembers the order of arrival. The store does so by itself, when it is quiet and now and then under load.
   */
  tidy(): Promise<void>
  /** Commits what waits. */
  flush(): Promise<void>
  /** Commits what waits, and ends. Calling it again is harmless. */
  close(): Promise<void>
}
