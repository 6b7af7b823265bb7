import * as v from "valibot"
import { canonicalJsonBytes, concatBytes, type Json, parseCanonicalJson } from "../bytes/index.ts"
import { CELL_BYTES } from "../cell/index.ts"
import { MAX_TABLE_BYTES, type PackHead } from "./head.ts"
import { PackError } from "./pack-error.ts"

/** A file in a pack. Files follow each other without a gap in the data cells, and zeros fill the last one. */
export interface PackFile {
  /** Relative path with `/`, safe on every system: see {@link isSafeName}. */
  readonly name: string
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
}

/** What is in a pack: its files, and the hash of every data and repair cell. */
export interface PackTable {
  readonly files: readonly PackFile[]
  /** SHA-256 of cell 0, 1, …, 32 B each, joined. */
  readonly hashes: Uint8Array
}

const FilesDocument = v.strictObject({
  files: v.pipe(
    v.array(
      v.strictObject({
        name: v.pipe(v.string(), v.check(isSafeName)),
        bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
        sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      }),
    ),
    v.minLength(1),
    v.maxLength(20_000),
  ),
})

/**
 * Whether a name may be written below a folder of a stranger's disk: 1 to 200 characters, parts between `/` that are
 * not empty and do not begin or end with a full stop or a space, and nothing that Windows, macOS or Linux reads as more
 * than a name.
 */
export function isSafeName(name: string): boolean {
  if (name.length < 1 || name.length > 200 || name.normalize("NFC") !== name) return false
  return name
    .split("/")
    .every(
      (part) =>
        /^[^\p{C}\p{Zl}\p{Zp}\\/:*?"<>|]+$/u.test(part) &&
        !/^[. ]|[. ]$/.test(part) &&
        !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part),
    )
}

/** How many data cells the files take; at least one. */
export function dataCellsOf(files: readonly PackFile[]): number {
  return Math.max(1, Math.ceil(files.reduce((sum, { bytes }) => sum + bytes, 0) / CELL_BYTES))
}

/** The table as bytes: a line of canonical JSON, a line feed, the hashes. @throws PackError `malformed`, `too-long`. */
export function formatPackTable({ files, hashes }: PackTable): Uint8Array {
  const document = { files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })) } satisfies Json
  if (!v.is(FilesDocument, document)) throw new PackError("malformed", "a file's name cannot stand in a pack")
  requireDistinct(files)
  const table = concatBytes(canonicalJsonBytes(document), Uint8Array.of(0x0a), hashes)
  if (table.length > MAX_TABLE_BYTES) {
    throw new PackError(
      "too-long",
      `the list of a pack holds ${MAX_TABLE_BYTES} bytes, not ${table.length}: make two`,
    )
  }
  return table
}

/** Reads the table that a head names. @param received - whole; its cells were checked by hash. @throws PackError `malformed`. */
export function parsePackTable(received: Uint8Array, { plan }: PackHead): PackTable {
  const end = received.indexOf(0x0a)
  const parsed = v.safeParse(FilesDocument, end < 0 ? null : parseCanonicalJson(received.subarray(0, end)))
  const hashes = received.slice(end + 1)
  if (!parsed.success || hashes.length !== plan.cells * 32)
    throw new PackError("malformed", "not a pack's table")
  const { files } = parsed.output
  if (dataCellsOf(files) !== plan.dataCells)
    throw new PackError("malformed", "the pack's table and head differ")
  requireDistinct(files)
  return { files, hashes }
}

/** SHA-256 that the table gives for a cell. */
export function hashOfCell({ hashes }: PackTable, number: number): Uint8Array {
  return hashes.subarray(number * 32, (number + 1) * 32)
}

// File systems that fold case would write one file over another; and a file cannot be another's folder.
function requireDistinct(files: readonly PackFile[]): void {
  const names = new Set(files.map(({ name }) => name.toLowerCase()))
  const folders = files.flatMap(({ name }) => {
    const parts = name.toLowerCase().split("/").slice(0, -1)
    return parts.map((_, i) => parts.slice(0, i + 1).join("/"))
  })
  if (names.size !== files.length || folders.some((folder) => names.has(folder))) {
    throw new PackError("malformed", "two files of the pack have one name")
  }
}
