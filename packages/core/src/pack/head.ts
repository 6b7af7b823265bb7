import * as v from "valibot"
import { fromBase64Url, type Json, toBase64Url } from "../bytes/index.ts"
import { CELL_BYTES } from "../cell/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { parseSignedLine, signLine, verifyLine } from "../signed/index.ts"
import { PackError } from "./pack-error.ts"
import type { PackPlan } from "./plan.ts"

/** Cells of a table, without its repair cells. Their hashes, twice, are what fills a head. */
export const MAX_TABLE_CELLS = 120
/** Longest table, in bytes. */
export const MAX_TABLE_BYTES: number = MAX_TABLE_CELLS * CELL_BYTES

const HASH_BYTES = 32
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000))
const HeadDocument = v.strictObject({
  v: v.literal(1),
  desk: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
  day: v.pipe(v.string(), v.isoDate()),
  /** The plan (`plan.ts`). */
  dataCells: count,
  groups: count,
  repair: v.pipe(count, v.maxValue(255)),
  /** Bytes of the table, and SHA-256 of each cell that it is cut into, then of as many repair cells. */
  tableBytes: v.pipe(count, v.maxValue(MAX_TABLE_BYTES)),
  tableCells: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/)),
})

/** What a desk signs of a pack: everything else in it is named here by hash, directly or through the table. */
export interface PackHead {
  /** The desk's verify key, base64url of 32 B. */
  readonly desk: string
  /** When it was made (UTC), YYYY-MM-DD. */
  readonly day: string
  readonly plan: PackPlan
  readonly tableBytes: number
  /** SHA-256 of each cell of the table, then of its repair cells, as many. */
  readonly tableHashes: readonly Uint8Array[]
}

/**
 * Signs a head: one cell, a signed line and zeros.
 *
 * @param seed - the desk's root seed, 32 B.
 */
export async function signPackHead(
  head: PackHead,
  seed: Uint8Array,
  primitives: Primitives,
): Promise<Uint8Array> {
  const hashes = new Uint8Array(head.tableHashes.length * HASH_BYTES)
  head.tableHashes.forEach((hash, i) => hashes.set(hash, i * HASH_BYTES))
  const { dataCells, groups, repair } = head.plan
  const document = {
    v: 1,
    desk: head.desk,
    day: head.day,
    dataCells,
    groups,
    repair,
    tableBytes: head.tableBytes,
    tableCells: toBase64Url(hashes),
  } satisfies Json
  const line = await signLine("govah-pack-v1", document, seed, primitives)
  const cell = new Uint8Array(CELL_BYTES)
  if (line.length > CELL_BYTES)
    throw new PackError("too-long", "the head of the pack does not fit into a cell")
  cell.set(line)
  return cell
}

/**
 * Reads a head and verifies that `desk` signed it.
 *
 * @param received - one cell, attacker-controlled. No count in it is believed beyond the bounds of a plan.
 * @param desk - the verify key that is trusted, base64url.
 * @throws PackError `malformed`, `unknown-version`, `bad-signature`.
 */
export async function openPackHead(
  received: Uint8Array,
  desk: string,
  primitives: Primitives,
): Promise<PackHead> {
  const line = received.length === CELL_BYTES ? parseSignedLine(received) : null
  if (line === null || line.rest.some((byte) => byte !== 0))
    throw new PackError("malformed", "not a pack's head")
  const parsed = v.safeParse(HeadDocument, line.document)
  if (!parsed.success) {
    const version = (line.document as { v?: Json } | null)?.v
    if (typeof version === "number" && version > 1) {
      throw new PackError("unknown-version", `a pack of version ${version} is newer than this program`)
    }
    throw new PackError("malformed", "not a pack's head")
  }
  const key = fromBase64Url(desk)
  if (
    parsed.output.desk !== desk ||
    key?.length !== 32 ||
    !(await verifyLine("govah-pack-v1", line, key, primitives))
  ) {
    throw new PackError("bad-signature", "the pack is not signed by the desk that is known here")
  }
  const { day, dataCells, groups, repair, tableBytes, tableCells } = parsed.output
  const longest = Math.ceil(dataCells / groups)
  const hashes = fromBase64Url(tableCells)
  const tableCount = Math.ceil(tableBytes / CELL_BYTES)
  if (groups > dataCells || longest + repair > 256 || hashes?.length !== 2 * tableCount * HASH_BYTES) {
    throw new PackError("malformed", "the pack's head contradicts itself")
  }
  return {
    desk,
    day,
    plan: { dataCells, groups, repair, cells: dataCells + groups * repair },
    tableBytes,
    tableHashes: Array.from({ length: 2 * tableCount }, (_, i) =>
      hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
    ),
  }
}
