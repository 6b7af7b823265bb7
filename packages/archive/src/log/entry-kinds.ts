import type { Json } from "@govah/core/bytes"
import { parsePublication, type Publication } from "@govah/core/publication"

/** What an edition of the archive commits to. Its eight fields fill an entry, so that nothing in it is hidden. */
export interface Edition {
  /** 1, 2, 3 … */
  readonly edition: number
  /** Number of files in the list. */
  readonly files: number
  /** Day (UTC) on which it was made; the hour is nobody's business. */
  readonly made: string
  /** SHA-256 of MANIFEST, hex. */
  readonly manifest: string
  readonly manifestBytes: number
  readonly origin: string
}

export function editionFields(edition: Edition): { readonly [name: string]: Json } {
  return { entry: "edition", v: 1, ...edition }
}

/** The edition that the fields of a whole entry tell of, or null where they tell of something else. */
export function readEdition(fields: ReadonlyMap<string, Json>): Edition | null {
  const get = (name: string): Json => fields.get(name) ?? null
  const [edition, files, made, manifest, manifestBytes, origin] = [
    get("edition"),
    get("files"),
    get("made"),
    get("manifest"),
    get("manifestBytes"),
    get("origin"),
  ]
  if (get("entry") !== "edition" || get("v") !== 1 || fields.size !== 8) return null
  if (typeof edition !== "number" || typeof files !== "number" || typeof manifestBytes !== "number")
    return null
  if (typeof made !== "string" || typeof manifest !== "string" || typeof origin !== "string") return null
  if (!/^\d{4}-\d{2}-\d{2}$/.test(made) || !/^[0-9a-f]{64}$/.test(manifest) || edition < 1) return null
  return { edition, files, made, manifest, manifestBytes, origin }
}

/** The field that says what an entry is about is called `entry`, since an action has a `kind` of its own. */
export function publicationFields(publication: Publication): { readonly [name: string]: Json } {
  return { entry: "publication", ...(publication as unknown as { readonly [name: string]: Json }) }
}

/** The publication that an entry's fields tell of, or null where they tell of something else or not of all. */
export function readPublication(fields: ReadonlyMap<string, Json>): Publication | null {
  const { entry, ...publication } = Object.fromEntries(fields)
  if (entry !== "publication") return null
  try {
    return parsePublication(publication)
  } catch {
    return null
  }
}

/** A withdrawal names the entries whose disclosures are gone; the commitments stay, and the log still verifies. */
export function withdrawalFields(entries: readonly number[]): { readonly [name: string]: Json } {
  return { entry: "withdrawal", v: 1, entries }
}

/** The entries that a withdrawal names, or null where the fields tell of something else. */
export function readWithdrawal(fields: ReadonlyMap<string, Json>): readonly number[] | null {
  const entries = fields.get("entries")
  if (fields.get("entry") !== "withdrawal" || !Array.isArray(entries)) return null
  return entries.every((n): n is number => typeof n === "number") ? entries : null
}
