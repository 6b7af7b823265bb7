import { fromBase64Url } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { type Card, openCard } from "./card.ts"
import { CardError } from "./card-error.ts"

/** Days for which an invitation may be used. A found or photographed one is worthless after that. */
export const INVITATION_DAYS = 14

/** A card with a secret that makes its holder a known unit. */
export interface Invitation {
  readonly card: Card
  /** base64url of 16 B; inside every sealed root until the desk knows the unit. */
  readonly secret: string
  /** Last day (UTC) on which it may be used, YYYY-MM-DD. */
  readonly lastDay: string
}

/** An invitation as text: URL-safe characters only, fit for a link fragment or a QR code. */
export function formatInvitation(card: string, secret: string, lastDay: string): string {
  return `${INVITATION_TAG}.${secret}.${lastDay}.${card}`
}

/**
 * Reads an invitation.
 *
 * @param received - attacker-controlled text; white space around it and inside it (a broken line) is dropped.
 * @param today - YYYY-MM-DD.
 * @throws CardError everything that `openCard` throws, and `expired`.
 */
export async function openInvitation(
  received: string,
  today: string,
  primitives: Primitives,
): Promise<Invitation> {
  const text = received.replace(/\s+/g, "").replace(/^.*#/, "")
  const match = new RegExp(`^${INVITATION_TAG}\\.([A-Za-z0-9_-]{22})\\.(\\d{4}-\\d{2}-\\d{2})\\.(.+)$`).exec(
    text,
  )
  if (match === null) {
    if (/^govah-invitation-\d+\./.test(text) && !text.startsWith(`${INVITATION_TAG}.`)) {
      throw new CardError("unknown-version", "the invitation is of a newer kind")
    }
    throw new CardError(
      text.startsWith("govah-inv") ? "truncated" : "malformed",
      "this is not a whole invitation",
    )
  }
  const [, secret, lastDay, cardText] = match as unknown as [string, string, string, string]
  if (fromBase64Url(secret)?.length !== 16) throw new CardError("malformed", "the invitation is damaged")
  const card = await openCard(cardText, primitives)
  if (today > lastDay) throw new CardError("expired", `the invitation could be used until ${lastDay}`)
  return { card, secret, lastDay }
}

const INVITATION_TAG = "govah-invitation-1"
