import * as v from "valibot"
import { fromBase64Url, type Json } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { parseSignedLine, signLine, verifyLine } from "../signed/index.ts"
import { FeedError } from "./feed-error.ts"

/** Largest feed file that is read, in bytes: 65,536 receipts of 8 bytes in base64, and room to grow. */
export const MAX_FEED_BYTES = 1_048_576

const deskKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
const isoDate = v.pipe(v.string(), v.isoDate())

const FeedDocument = v.strictObject({
  v: v.literal(1),
  desk: deskKey,
  number: v.pipe(v.number(), v.integer(), v.minValue(1)),
  previous: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  day: isoDate,
  receipts: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]*$/)),
})

/**
 * One number of a desk's feed: what the desk says to everybody who writes to it, the same bytes for all.
 *
 * `desk` is the verify key (base64url, 32 B); `number` counts from 1; `previous` is the SHA-256 of the file before
 * (null for 1); `day` is the day it was made (UTC); `receipts` is a receipt set (`receipt-set.ts`).
 */
export type FeedFile = Readonly<v.InferOutput<typeof FeedDocument>>

/**
 * Signs a feed file.
 *
 * @param seed - 32 bytes, the Ed25519 seed of the key in `file.desk`.
 * @throws FeedError `too-long`: no reader would take it. 65,536 receipts fit.
 */
export async function signFeedFile(
  file: FeedFile,
  seed: Uint8Array,
  primitives: Primitives,
): Promise<Uint8Array> {
  const bytes = await signLine("govah-feed-v1", file satisfies Json, seed, primitives)
  checkLength(bytes)
  return bytes
}

/**
 * Reads a feed file and verifies its signature under the key that it names. The caller still asks whether that key is
 * the desk it knows, and whether number and `previous` follow what it has (`feed-chain.ts`).
 *
 * @param received - attacker-controlled.
 * @throws FeedError `too-long`, `malformed`, `unknown-version`, `bad-signature`.
 */
export async function openFeedFile(received: Uint8Array, primitives: Primitives): Promise<FeedFile> {
  checkLength(received)
  const line = parseSignedLine(received)
  if (line === null || line.rest.length > 0) throw new FeedError("malformed", "not a feed file")
  const parsed = v.safeParse(FeedDocument, line.document)
  if (!parsed.success) {
    const version = (line.document as { v?: Json } | null)?.v
    if (typeof version === "number" && version > 1) {
      throw new FeedError("unknown-version", `feed file version ${version} is newer than this program`)
    }
    throw new FeedError("malformed", "not a feed file")
  }
  const key = fromBase64Url(parsed.output.desk)
  if (key?.length !== 32 || !(await verifyLine("govah-feed-v1", line, key, primitives))) {
    throw new FeedError(
      "bad-signature",
      `feed file ${parsed.output.number} is not signed by the desk that it names`,
    )
  }
  return parsed.output
}

function checkLength({ length }: Uint8Array): void {
  if (length > MAX_FEED_BYTES) {
    throw new FeedError("too-long", `a feed file holds at most ${MAX_FEED_BYTES} bytes, this one ${length}`)
  }
}
