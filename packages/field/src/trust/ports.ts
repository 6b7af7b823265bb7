import type { Json } from "@govah/core/bytes"
import type { Primitives } from "@govah/core/primitives"
import type { ReleaseKeys } from "@govah/core/release"

/**
 * Where releases of this program lie on this device, and two small notes about them. Nothing of a person is on it, and
 * nothing on it is secret. In a browser `sw.js` reads it too, and serves the newest release that is marked as taken.
 */
export interface Shelf {
  /** Numbers of all releases of which anything is here, ascending. */
  versions(): Promise<readonly number[]>
  /** @returns null where it is not here. */
  get(version: number, path: string): Promise<Uint8Array | null>
  /** Whole or not at all. @throws whatever the device throws where there is no room. */
  put(version: number, path: string, bytes: Uint8Array): Promise<void>
  /** Removes a release; removing none is no error. */
  drop(version: number): Promise<void>
  /** @returns null where there is none, or it is damaged. */
  note(name: NoteName): Promise<Json | null>
  /** Null removes it. */
  setNote(name: NoteName, value: Json | null): Promise<void>
}

/** `seen`: the head of the log that was verified last. `alarm`: why the program must not be trusted. */
export type NoteName = "seen" | "alarm"

/** Where the program came from. */
export interface Origin {
  /**
   * Asks the network, past every store.
   *
   * @returns at most one byte more than `maxBytes`, so that what is too long is seen to be; null where there is no answer,
   *   or none with this file: that is no attack.
   */
  get(path: string, maxBytes: number): Promise<Uint8Array | null>
}

/** What the guard stands on. */
export interface GuardPorts {
  readonly shelf: Shelf
  readonly origin: Origin
  readonly keys: ReleaseKeys
  readonly primitives: Primitives
}
