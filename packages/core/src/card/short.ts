import { fromBase64Url, toBase64Url, utf8Bytes } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { CardError } from "./card-error.ts"
import { formatInvitation } from "./invitation.ts"

/** An invitation that names its card by hash: 90 characters, for a message, a note or a voice. */
export interface ShortInvitation {
  /** SHA-256 of the card's text, 32 B. */
  readonly cardHash: Uint8Array
  /** base64url of 16 B. */
  readonly secret: string
  readonly lastDay: string
}

const SHORT_TAG = "govah-short-1"

/** The short text of an invitation. @param card - the card's text, as it will be handed over by another way. */
async function formatShortInvitation(
  card: string,
  secret: string,
  lastDay: string,
  primitives: Pick<Primitives, "sha256">,
): Promise<string> {
  const hash = toBase64Url(await primitives.sha256(utf8Bytes(card)))
  return [SHORT_TAG, hash, secret, lastDay].join(".")
}

/** The short text of an invitation's long text, which must be one that `openInvitation` takes. */
export async function shortenInvitation(
  invitation: string,
  primitives: Pick<Primitives, "sha256">,
): Promise<string> {
  const [, secret = "", lastDay = "", ...card] = invitation.split(".")
  return await formatShortInvitation(card.join("."), secret, lastDay, primitives)
}

/** Whether a text means to be a short invitation, whole or not. White space and what stands before a `#` do not count. */
export function isShortInvitation(received: string): boolean {
  return /^govah-short-\d/.test(strip(received))
}

/**
 * Reads a short invitation.
 *
 * @param received - attacker-controlled text.
 * @throws CardError `malformed`, `truncated`, `unknown-version`.
 */
export function parseShortInvitation(received: string): ShortInvitation {
  const parts = strip(received).split(".")
  if (parts[0] !== SHORT_TAG) {
    if (/^govah-short-\d+$/.test(parts[0] ?? ""))
      throw new CardError("unknown-version", "the short invitation is of a newer kind")
    throw new CardError("malformed", "this is not a short invitation")
  }
  const [, hashText = "", secret = "", lastDay = ""] = parts
  if (parts.length < 4 || lastDay.length < 10)
    throw new CardError("truncated", "the short invitation is cut short")
  const cardHash = fromBase64Url(hashText)
  if (cardHash?.length !== 32 || fromBase64Url(secret)?.length !== 16 || parts.length > 4) {
    throw new CardError("malformed", "the short invitation is damaged")
  }
  if (!/^\d{4}-\d\d-\d\d$/.test(lastDay)) throw new CardError("malformed", "the short invitation is damaged")
  return { cardHash, secret, lastDay }
}

/**
 * The whole invitation, from its short text and a card that came from anywhere: a relay, a carrier, a printed page.
 *
 * @param card - attacker-controlled; white space in it is dropped. It must be the very card that the short text names:
 * the hash came from somebody trusted, the card need not.
 * @returns the text that `openInvitation` takes.
 * @throws CardError as {@link parseShortInvitation}, and `other-card`.
 */
export async function joinShortInvitation(
  received: string,
  card: string,
  primitives: Pick<Primitives, "sha256">,
): Promise<string> {
  const { cardHash, secret, lastDay } = parseShortInvitation(received)
  const text = card.replace(/\s+/g, "")
  const hash = await primitives.sha256(utf8Bytes(text))
  if (toBase64Url(hash) !== toBase64Url(cardHash)) {
    throw new CardError("other-card", "this is not the card that the invitation names")
  }
  return formatInvitation(text, secret, lastDay)
}

function strip(received: string): string {
  return received.replace(/\s+/g, "").replace(/^.*#/, "")
}
