import { bech32 } from "@scure/base"
import * as v from "valibot"
import {
  canonicalJsonBytes,
  fromBase64Url,
  type Json,
  parseCanonicalJson,
  toBase64Url,
  utf8Bytes,
} from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { CardError } from "./card-error.ts"

/** Bytes of a post-quantum hybrid age recipient (ML-KEM-768 and X25519). */
export const RECIPIENT_BYTES = 1_216
/** Longest card text, in characters: four intake terms and eight relays. */
export const MAX_CARD_LENGTH = 10_000

const isoDate = v.pipe(v.string(), v.isoDate())
const Head = v.strictObject({
  v: v.literal(1),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
  /** Verify key: the public half of the desk's root key. */
  key: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
  /** SHA-256 of the next root key, so that a stolen one can be replaced by no one else. */
  successor: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  relays: v.pipe(
    v.array(
      v.strictObject({
        url: v.pipe(v.string(), v.regex(/^https?:\/\//), v.url(), v.maxLength(300)),
        road: v.picklist(["https", "onion", "lan"]),
        operator: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8))),
      }),
    ),
    v.maxLength(8),
  ),
  /** First day of each intake term, in the order of the recipients that follow the head; ascending. */
  terms: v.pipe(v.array(isoDate), v.minLength(1), v.maxLength(4)),
})

/** An intake term: what to seal to from a day on. */
export interface IntakeTerm {
  readonly from: string
  /** `age1pq1…` */
  readonly recipient: string
}

/** A relay as a card names it. */
export interface CardRelay {
  readonly url: string
  readonly road: "https" | "onion" | "lan"
  /** 1 to 8: relays of one number are one operator's, who may be seized with all of them. Left out: nobody else's. */
  readonly operator?: number
}

/** A desk's card: what a sender must know of it. Source: `spec/card.md`. */
export interface Card {
  readonly name: string
  /** Verify key, base64url of 32 B. */
  readonly key: string
  readonly successor: string
  readonly relays: readonly CardRelay[]
  readonly terms: readonly IntakeTerm[]
}

/**
 * Signs a card.
 *
 * @param seed - the desk's root seed, 32 B.
 * @returns text of URL-safe characters only.
 * @throws CardError `too-long` where names and relay addresses leave no room: no reader would take it.
 */
export async function signCard(card: Card, seed: Uint8Array, primitives: Primitives): Promise<string> {
  const head = {
    v: 1,
    name: card.name,
    key: card.key,
    successor: card.successor,
    relays: card.relays.map(({ url, road, operator }) => ({
      url,
      road,
      ...(operator === undefined ? {} : { operator }),
    })),
    terms: card.terms.map((term) => term.from),
  } satisfies Json
  const recipients = card.terms.map((term) => toBase64Url(recipientBytes(term.recipient)))
  const text = [CARD_TAG, toBase64Url(canonicalJsonBytes(head)), ...recipients].join(".")
  const signature = await primitives.sign(seed, signedBytes(text))
  const signed = `${text}.${toBase64Url(signature)}`
  if (signed.length > MAX_CARD_LENGTH) {
    throw new CardError(
      "too-long",
      `a card holds at most ${MAX_CARD_LENGTH} characters, not ${signed.length}`,
    )
  }
  return signed
}

/**
 * Reads a card and verifies that the key that it names signed it. Whether that key is the right desk's is for words
 * compared face to face, or for whoever handed the card over.
 *
 * @param received - attacker-controlled text.
 * @throws CardError `truncated`, `malformed`, `unknown-version`, `bad-signature`, `too-long`.
 */
export async function openCard(received: string, primitives: Primitives): Promise<Card> {
  if (received.length > MAX_CARD_LENGTH) throw new CardError("too-long", "this is longer than any card")
  const parts = received.split(".")
  if (parts[0] !== CARD_TAG) {
    if (/^govah-card-\d+$/.test(parts[0] ?? ""))
      throw new CardError("unknown-version", "the card is of a newer kind")
    throw new CardError("malformed", "this is not a card")
  }
  const headBytes = fromBase64Url(parts[1] ?? "")
  const head = v.safeParse(Head, headBytes === null ? null : parseCanonicalJson(headBytes))
  if (!head.success)
    throw new CardError(parts.length < 4 ? "truncated" : "malformed", "the card is damaged or cut short")
  if (parts.length !== head.output.terms.length + 3) throw new CardError("truncated", "the card is cut short")
  const terms = head.output.terms.map((from, index) => {
    const raw = fromBase64Url(parts[index + 2] as string)
    if (raw?.length !== RECIPIENT_BYTES) throw new CardError("malformed", "a key in the card is damaged")
    return { from, recipient: recipientText(raw) }
  })
  if (head.output.terms.some((day, i, days) => i > 0 && day <= (days[i - 1] as string))) {
    throw new CardError("malformed", "the card's terms are out of order")
  }
  const signature = fromBase64Url(parts.at(-1) as string)
  const key = fromBase64Url(head.output.key)
  const text = parts.slice(0, -1).join(".")
  if (!signature || !key || !(await primitives.verify(key, signedBytes(text), signature))) {
    throw new CardError("bad-signature", "the card was changed, or is cut short")
  }
  const { name, successor, relays } = head.output
  return { name, key: head.output.key, successor, relays, terms }
}

/**
 * The recipient to seal to on `day` (YYYY-MM-DD): the newest term that has begun, or the first where the phone's clock
 * is before all of them. A clock that is wrong must not stop a report.
 */
export function recipientOn(card: Card, day: string): string {
  const begun = card.terms.filter((term) => term.from <= day)
  return (begun.at(-1) ?? (card.terms[0] as IntakeTerm)).recipient
}

const CARD_TAG = "govah-card-1"

function signedBytes(text: string): Uint8Array {
  return utf8Bytes(`govah-card-v1\n${text}`)
}

function recipientBytes(recipient: string): Uint8Array {
  const { prefix, words } = bech32.decode(recipient as `${string}1${string}`, false)
  const bytes = bech32.fromWords(words)
  if (prefix !== "age1pq" || bytes.length !== RECIPIENT_BYTES)
    throw new TypeError("not a post-quantum recipient")
  return bytes
}

function recipientText(bytes: Uint8Array): string {
  return bech32.encode("age1pq", bech32.toWords(bytes), false)
}
