import { concatBytes, equalBytes, toHex, utf8Bytes } from "@govah/core/bytes"
import {
  LOCK_BYTES,
  type LockMark,
  markOf,
  type OpenedPlace,
  openPlace,
  PLACE_BYTES,
  PLACES,
  type Stretch,
} from "@govah/core/lock"
import { normalisePassphrase } from "@govah/core/passphrase"
import type { Primitives } from "@govah/core/primitives"

/** What a lock's bytes are, without any passphrase. */
export type LockForm =
  /** Never made. */
  | "none"
  /** Being wiped, or cut while it was first made: nothing here is to be kept. */
  | "wiped"
  /** Its key lies in it for whoever holds the disk. */
  | "open"
  | "locked"
  | "damaged"

/** The four places of a lock file; what is missing counts as zeros. */
export function placesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const whole = new Uint8Array(LOCK_BYTES)
  whole.set(bytes.subarray(0, LOCK_BYTES))
  return Array.from({ length: PLACES }, (_, i) => whole.subarray(i * PLACE_BYTES, (i + 1) * PLACE_BYTES))
}

/** Two places of zeros are no rot of one: a wipe was begun, or the first writing was cut. */
export function isWiped(places: readonly Uint8Array[]): boolean {
  return places.filter((place) => place.every((byte) => byte === 0)).length >= 2
}

/** Where a passphrase opened, and what. */
export interface OpenedLock extends OpenedPlace {
  readonly mark: LockMark
  /** 0 to 3; the other place of its slot is `place ^ 1`. */
  readonly place: number
  /** The passphrase after Argon2id. */
  readonly stretched: Uint8Array
  /** Whether both places of the slot open, and say the same. */
  readonly isWhole: boolean
}

/**
 * Tries a passphrase: one Argon2id and as many seals as there are places, whether it is right, wrong or the second one.
 *
 * @param passphrase - as typed.
 * @returns null where it opens nothing.
 */
export async function tryPassphrase(
  places: readonly Uint8Array[],
  passphrase: string,
  stretch: Stretch,
  primitives: Primitives,
): Promise<OpenedLock | null> {
  const typed = utf8Bytes(normalisePassphrase(passphrase))
  // One salt, but where a place has rotted.
  const marks = new Map(places.map((place) => [toHex(markOf(place).salt), markOf(place)]))
  let found: OpenedLock | null = null
  for (const mark of marks.values()) {
    const stretched = await stretch(typed, mark.salt)
    const opened = await Promise.all(places.map((place) => openPlace(place, stretched, primitives)))
    const at = opened.findIndex((one) => one !== null)
    const one = opened[at]
    if (found !== null || one === null || one === undefined) continue
    const twin = opened[at ^ 1]
    const own = places[at] as Uint8Array
    found = {
      ...one,
      mark: markOf(own),
      place: at,
      stretched,
      isWhole:
        twin !== null &&
        twin !== undefined &&
        equalBytes(twin.key, one.key) &&
        equalBytes(stampedAs(places[at ^ 1] as Uint8Array), stampedAs(own)),
    }
  }
  return found
}

function stampedAs(place: Uint8Array): Uint8Array {
  const { salt, stamp } = markOf(place)
  return concatBytes(salt, stamp)
}
