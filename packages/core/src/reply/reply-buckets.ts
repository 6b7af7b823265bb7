import { hkdf } from "@noble/hashes/hkdf.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { concatBytes, toHex, utf8Bytes } from "../bytes/index.ts"
import { MAX_BUCKETS, REPLY_SLOT_BYTES } from "../feed/index.ts"

/** Fewest correspondents of one bucket: which one a phone fetches says no more than that it is one of so many. */
export const MIN_BUCKET_CORRESPONDENTS = 100
/** Days for which a unit's bucket stays the same. */
export const EPOCH_DAYS = 30
/** Fewest slots of a bucket: a day without replies looks like a day with some. */
export const MIN_BUCKET_SLOTS = 4

/** How many buckets a desk with so many known correspondents makes: a power of two, at most 256. */
export function bucketCount(correspondents: number): number {
  const most = Math.floor(correspondents / MIN_BUCKET_CORRESPONDENTS)
  return most < 1 ? 1 : Math.min(MAX_BUCKETS, 2 ** Math.floor(Math.log2(most)))
}

/** The epoch of a head: whole thirties of days since 1970-01-01. @param day - YYYY-MM-DD of the head. */
export function replyEpoch(day: string): number {
  return Math.floor(daysSince1970(day) / EPOCH_DAYS)
}

/**
 * Which bucket is a unit's. One a unit and not one a parcel: a phone that fetched several would say how many parcels it
 * has sent. Within an epoch it stays, so that fetching many numbers at once says no more than fetching one; a finer
 * division only splits the buckets.
 *
 * @param unit - the unit's verify key, 32 B: it stands in the sealed root alone, and no relay has seen it.
 */
export function bucketOf(unit: Uint8Array, epoch: number, buckets: number): number {
  const drawn = hkdf(sha256, unit, undefined, utf8Bytes(`govah reply bucket v1 ${epoch}`), 4)
  return Math.floor((new DataView(drawn.buffer, drawn.byteOffset).getUint32(0) / 2 ** 32) * buckets)
}

/**
 * The buckets of one number: all of one length, filled with random slots that nobody can tell from replies. Slots are
 * sorted by their bytes, which look random: their order says nothing.
 *
 * @param slotsByBucket - one list a bucket.
 * @returns `slots`, how many each holds: a power of two, at least 4.
 */
export function fillBuckets(
  slotsByBucket: readonly (readonly Uint8Array[])[],
  random: (byteLength: number) => Uint8Array,
): { readonly slots: number; readonly buckets: readonly Uint8Array[] } {
  const fullest = Math.max(0, ...slotsByBucket.map(({ length }) => length))
  const slots = Math.max(MIN_BUCKET_SLOTS, 2 ** Math.ceil(Math.log2(Math.max(1, fullest))))
  const buckets = slotsByBucket.map((given) => {
    const filled = [...given]
    while (filled.length < slots) filled.push(random(REPLY_SLOT_BYTES))
    const keyed = filled.map((slot) => [toHex(slot.subarray(0, 16)), slot] as const)
    keyed.sort(([a], [b]) => (a < b ? -1 : 1))
    return concatBytes(...keyed.map(([, slot]) => slot))
  })
  return { slots, buckets }
}

/** Days from 1970-01-01 to a day of the Gregorian calendar: core has no clock and no `Date`. Source: Howard Hinnant, "days_from_civil". */
function daysSince1970(day: string): number {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number]
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
