import type { CellId } from "@govah/core/cell"
import type { Face } from "./face.ts"
import type { SealedCell, SealedParcel } from "@govah/core/seal"

/** A parcel as the outbox lists it. */
export interface OutboxParcel {
  /** A random name that means nothing outside this outbox. */
  readonly id: string
  /** `damaged`: its record cannot be read any more; nothing of it is ever removed by the outbox itself. */
  readonly state: "kept" | "arrived" | "damaged"
  /** Number of cells; 0 where the record is damaged. */
  readonly cells: number
  /** YYYY-MM-DD; empty where the record is damaged. */
  readonly keptOn: string
  /** Cells that each relay has said it holds durably, by relay address. */
  readonly acknowledged: ReadonlyMap<string, number>
  /** By what its person knows it while it waits; null where there is none, or it has arrived. */
  readonly face: Face | null
}

/** A cell of a kept parcel: its position there and its name. */
export interface KeptCell {
  readonly index: number
  readonly id: CellId
  /** Whether it is to travel before those that are not: with it the desk can read the words. */
  readonly isAhead: boolean
}

/**
 * A write-only store of sealed parcels.
 *
 * 1. What `keep` returned is kept: no crash, no full disk and no kill at any instant takes it away.
 * 2. A parcel is listed only when every one of its cells is durable.
 * 3. It holds no plaintext and no key that opens a parcel.
 */
export interface Outbox {
  /**
   * Runs a sealing to its end, cell by cell, and keeps what it makes.
   *
   * @param sealing - from `sealParcel`. Where it throws, or the disk does, nothing is kept.
   * @param keptOn - YYYY-MM-DD.
   * @param face - by what the person is to know it.
   * @returns the parcel's id in this outbox, when it is durable.
   */
  keep(
    sealing: AsyncGenerator<SealedCell, SealedParcel, void>,
    keptOn: string,
    face?: Face | null,
  ): Promise<string>
  /** Ids of the recordings that a crash had cut, and that were closed when this outbox was opened. */
  readonly closedAtStart: readonly string[]
  list(): Promise<readonly OutboxParcel[]>
  /** Ids of recordings that go on just now, or that a crash cut and that could not be closed yet. Not listed, not sent. */
  recordings(): Promise<readonly string[]>
  /** @throws OutboxError `no-such-parcel`, `damaged`. */
  cells(id: string): Promise<readonly KeptCell[]>
  /** The cells that `relay` has not acknowledged. @throws OutboxError `no-such-parcel`, `damaged`. */
  unacknowledged(id: string, relay: string): Promise<readonly KeptCell[]>
  /** @returns the cell, checked against its name. @throws OutboxError `no-such-parcel`, `damaged`. */
  readCell(id: string, cell: KeptCell): Promise<Uint8Array>
  /**
   * Remembers that `relay` holds these cells durably. Repeating it is harmless, and so is a parcel that is gone.
   *
   * @param indexes - positions within the parcel.
   */
  acknowledge(id: string, relay: string, indexes: readonly number[]): Promise<void>
  /**
   * Marks the kept parcels that the desk has, by the desk's word and no relay's: for each, cells and secret are erased
   * in one step and only the fact remains.
   *
   * @param isArrived - asks of an `arrived` secret, 32 B, whether the desk's receipts name it.
   * @returns the ids that have now arrived.
   */
  settle(isArrived: (secret: Uint8Array) => boolean): Promise<readonly string[]>
  /** Erases the faces of all that waits. */
  forgetFaces(): Promise<void>
  /** Erases a parcel for good, sent or not. */
  erase(id: string): Promise<void>
}
