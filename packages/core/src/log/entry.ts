import {
  canonicalJsonBytes,
  fromBase64Url,
  type Json,
  parseCanonicalJson,
  toBase64Url,
} from "../bytes/index.ts"
import { disclosure, disclosureDigest, parseDisclosure, SALT_BYTES } from "./disclosure.ts"
import { HASH_BYTES } from "./hash.ts"
import { LogError } from "./log-error.ts"

/** Digests come in multiples of this, filled with decoys, so that their number does not tell how many fields there are. */
export const DIGEST_STEP = 8
const MAX_DIGESTS = 1024

/** A new entry, and what opens it. */
export interface MadeEntry {
  /** What enters the log: salted commitments and nothing else. */
  readonly entry: Uint8Array
  /** One for each field; they lie beside the log and may be withheld or removed one by one. */
  readonly disclosures: readonly string[]
}

/**
 * Makes an entry: canonical JSON `{"digests":[…],"v":1}`, one digest for each field, decoys up to a multiple of 8, sorted.
 *
 * @param fields - value by name; what kind of entry it is is a field too.
 * @param random - the platform's cryptographic generator; salts and decoys come from it.
 */
export function makeEntry(
  fields: { readonly [name: string]: Json },
  random: (byteLength: number) => Uint8Array,
): MadeEntry {
  const disclosures = Object.entries(fields).map(([name, value]) =>
    disclosure(random(SALT_BYTES), name, value),
  )
  for (const text of disclosures) parseDisclosure(text)
  const digests = disclosures.map(disclosureDigest)
  // A decoy is 32 random bytes: nobody can tell it from a digest.
  while (digests.length === 0 || digests.length % DIGEST_STEP !== 0)
    digests.push(toBase64Url(random(HASH_BYTES)))
  const entry = canonicalJsonBytes({ v: 1, digests: digests.sort() })
  parseEntry(entry)
  return { entry, disclosures }
}

/** The digests of an entry, sorted. @param received - attacker-controlled. @throws LogError `bad-entry`. */
export function parseEntry(received: Uint8Array): readonly string[] {
  const value = parseCanonicalJson(received)
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new LogError("bad-entry", "not an object")
  const { v, digests, ...rest } = value as { readonly [name: string]: Json }
  if (v !== 1 || !Array.isArray(digests) || Object.keys(rest).length > 0)
    throw new LogError("bad-entry", "not {digests, v: 1}")
  if (digests.length === 0 || digests.length > MAX_DIGESTS || digests.length % DIGEST_STEP !== 0)
    throw new LogError("bad-entry", `${digests.length} digests`)
  let last = ""
  for (const digest of digests as readonly Json[]) {
    if (typeof digest !== "string" || fromBase64Url(digest)?.length !== HASH_BYTES || digest <= last)
      throw new LogError("bad-entry", "digests are 32 bytes, sorted, and no two alike")
    last = digest
  }
  return digests as readonly string[]
}

/**
 * Opens an entry with some of its disclosures: value by field name.
 *
 * @param disclosures - any part of the entry's; attacker-controlled.
 * @throws LogError `bad-entry`, `bad-disclosure` (malformed, or two of one name), `undisclosed` (not of this entry).
 */
export function openEntry(entry: Uint8Array, disclosures: readonly string[]): ReadonlyMap<string, Json> {
  const digests = new Set(parseEntry(entry))
  const fields = new Map<string, Json>()
  disclosures.forEach((text, i) => {
    const { name, value } = parseDisclosure(text)
    if (!digests.has(disclosureDigest(text)))
      throw new LogError("undisclosed", `disclosure ${i} is not of this entry`)
    if (fields.has(name)) throw new LogError("bad-disclosure", `disclosure ${i} names a field twice`)
    fields.set(name, value)
  })
  return fields
}

/**
 * Opens an entry that must hide nothing: every digest has its disclosure, so that there is no decoy.
 *
 * An entry with a hidden digest could be opened one way for one reader and another way for the next. What must be the same
 * for everybody (which files an edition holds) stands in an entry of this kind.
 *
 * @throws LogError as {@link openEntry}, and `undisclosed` where a digest stays closed.
 */
export function openWholeEntry(entry: Uint8Array, disclosures: readonly string[]): ReadonlyMap<string, Json> {
  const fields = openEntry(entry, disclosures)
  const count = parseEntry(entry).length
  if (fields.size !== count)
    throw new LogError("undisclosed", `${count - fields.size} of ${count} digests stay closed`)
  return fields
}
