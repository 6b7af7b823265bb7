import { concatBytes, fromBase64Url, toBase64Url, utf8Bytes, utf8Text } from "../bytes/index.ts"
import { RECIPIENT_BYTES } from "./card.ts"

// A text of base64url is a third longer than the bytes that it spells: too long for a few pictures. Everything here is
// spelling alone. Whoever gets the text back opens it with `openCard` or `openInvitation`, which check it.

const SIGNATURE_BYTES = 64
const SECRET_BYTES = 16
const DAY_CHARS = 10
const CARD_TAG = "govah-card-1"
const INVITATION_TAG = "govah-invitation-1"

/**
 * A card's text as bytes, for pictures: its head's length in two bytes, the head, the recipients' keys, the signature.
 *
 * @returns null where the text has not the form of a card.
 */
export function cardToBytes(card: string): Uint8Array | null {
  const [tag, headText, ...rest] = card.split(".")
  const parts = rest.map(fromBase64Url)
  const head = fromBase64Url(headText ?? "")
  const signature = parts.pop()
  if (tag !== CARD_TAG || !head || head.length > 0xffff || signature?.length !== SIGNATURE_BYTES) return null
  if (parts.length < 1 || parts.some((key) => key?.length !== RECIPIENT_BYTES)) return null
  const keys = parts as Uint8Array[]
  return concatBytes(Uint8Array.of(head.length >> 8, head.length & 255), head, ...keys, signature)
}

/** The text of a card from its bytes, or null where they have not the form. @param received - attacker-controlled. */
export function cardFromBytes(received: Uint8Array): string | null {
  const headEnd = 2 + (received[0] ?? 0) * 256 + (received[1] ?? 0)
  const keyBytes = received.length - headEnd - SIGNATURE_BYTES
  if (keyBytes < RECIPIENT_BYTES || keyBytes % RECIPIENT_BYTES !== 0) return null
  const parts = [received.subarray(2, headEnd)]
  for (let at = headEnd; at < headEnd + keyBytes; at += RECIPIENT_BYTES) {
    parts.push(received.subarray(at, at + RECIPIENT_BYTES))
  }
  parts.push(received.subarray(-SIGNATURE_BYTES))
  return [CARD_TAG, ...parts.map(toBase64Url)].join(".")
}

/** An invitation's text as bytes: the secret, the last day in ten characters, the card. Null as {@link cardToBytes}. */
export function invitationToBytes(invitation: string): Uint8Array | null {
  const [tag, secretText, lastDay, ...card] = invitation.split(".")
  const secret = fromBase64Url(secretText ?? "")
  const cardBytes = cardToBytes(card.join("."))
  if (tag !== INVITATION_TAG || secret?.length !== SECRET_BYTES || cardBytes === null) return null
  if (!/^\d{4}-\d\d-\d\d$/.test(lastDay ?? "")) return null
  return concatBytes(secret, utf8Bytes(lastDay as string), cardBytes)
}

/** The text of an invitation from its bytes, or null. @param received - attacker-controlled. */
export function invitationFromBytes(received: Uint8Array): string | null {
  const cardAt = SECRET_BYTES + DAY_CHARS
  const lastDay = utf8Text(received.subarray(SECRET_BYTES, cardAt))
  const card = cardFromBytes(received.subarray(cardAt))
  if (card === null || lastDay === null || !/^\d{4}-\d\d-\d\d$/.test(lastDay)) return null
  return [INVITATION_TAG, toBase64Url(received.subarray(0, SECRET_BYTES)), lastDay, card].join(".")
}
