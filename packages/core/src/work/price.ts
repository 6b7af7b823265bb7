import * as v from "valibot"
import {
  canonicalJson,
  fromBase64Url,
  parseCanonicalJson,
  toBase64Url,
  utf8Bytes,
  utf8Text,
} from "../bytes/index.ts"
import { MAX_WORK_BITS, RELAY_NAME_BYTES } from "./work.ts"
import { WorkError } from "./work-error.ts"

/** Bytes of a price: constant, so that a watcher of lengths learns nothing. */
export const PRICE_BYTES = 256

/** What a relay asks of everybody who posts to it: the same bytes for all. */
export interface Price {
  /** Leading zero bits for each cell, 0 to `MAX_WORK_BITS`. */
  readonly bits: number
  /** The relay's day, in days since 1970-01-01: a sender needs no clock that is right. */
  readonly day: number
  /** The relay's name, 16 bytes. */
  readonly relay: Uint8Array
  /** SHA-256 of each token key that it takes (32 bytes each, the newest first); none where it takes no tokens. */
  readonly tokenKeys: readonly Uint8Array[]
}

const PriceDocument = v.strictObject({
  bits: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255)),
  day: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9_999_999)),
  relay: v.string(),
  tokens: v.pipe(v.array(v.string()), v.maxLength(2)),
  v: v.literal(1),
})

/** The price as a file: canonical JSON, and spaces up to {@link PRICE_BYTES}. */
export function encodePrice({ bits, day, relay, tokenKeys }: Price): Uint8Array {
  const document = { bits, day, relay: toBase64Url(relay), tokens: tokenKeys.map(toBase64Url), v: 1 }
  return utf8Bytes(canonicalJson(document).padEnd(PRICE_BYTES))
}

/**
 * Reads a price.
 *
 * @param received - attacker-controlled.
 * @throws WorkError `malformed`, `unknown-version`, `too-dear` (nobody works for more than `MAX_WORK_BITS`).
 */
export function parsePrice(received: Uint8Array): Price {
  const text = received.length === PRICE_BYTES ? utf8Text(received) : null
  const document = text === null ? null : parseCanonicalJson(text.replace(/ +$/, ""))
  const parsed = v.safeParse(PriceDocument, document)
  if (!parsed.success) {
    const version = (document as { v?: unknown } | null)?.v
    if (typeof version === "number" && version > 1) {
      throw new WorkError("unknown-version", `price version ${version} is newer than this program`)
    }
    throw new WorkError("malformed", "not a price")
  }
  const { bits, day } = parsed.output
  const relay = fromBase64Url(parsed.output.relay)
  const tokenKeys = parsed.output.tokens.map(fromBase64Url)
  if (relay?.length !== RELAY_NAME_BYTES || !tokenKeys.every((key) => key?.length === 32)) {
    throw new WorkError("malformed", "not a price")
  }
  if (bits > MAX_WORK_BITS) {
    throw new WorkError(
      "too-dear",
      `the relay asks ${bits} bits of work a cell; ${MAX_WORK_BITS} is the most`,
    )
  }
  return { bits, day, relay, tokenKeys: tokenKeys as readonly Uint8Array[] }
}
