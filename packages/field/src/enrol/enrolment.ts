import { fromBase64Url, type Json, toBase64Url } from "@govah/core/bytes"
import { type Card, CardError, openCard, openInvitation } from "@govah/core/card"
import type { Primitives } from "@govah/core/primitives"
import { type LockedDrawer, readValue, writeValue } from "../store/index.ts"
import { EnrolError } from "./enrol-error.ts"

/** What makes this place a unit of a desk. */
export interface Enrolment {
  /** The newest card that is known: the invitation's, or one that the feed brought. */
  readonly card: Card
  /** The invitation's secret, base64url of 16 B. */
  readonly invitation: string
  /** The unit's Ed25519 seed, 32 B. It signs; it opens nothing. */
  readonly seed: Uint8Array
}

const FILE = "unit"
const NOTICE = "card"
// Read back with the same eyes as at first; only its last day no longer matters.
const ANY_DAY = "0000-01-01"

/**
 * Becomes a unit: checks the invitation, makes a key, and keeps both durably.
 *
 * @param received - the invitation, or a link that ends with it; attacker-controlled.
 * @param today - YYYY-MM-DD.
 * @throws CardError for the invitation; EnrolError `already-enrolled`: a second enrolment would drop the first key.
 */
export async function enrolIn(
  drawer: LockedDrawer,
  received: string,
  today: string,
  primitives: Primitives,
): Promise<Enrolment> {
  const { card, secret } = await openInvitation(received, today, primitives)
  if ((await readEnrolment(drawer, primitives)) !== null) {
    throw new EnrolError("already-enrolled", "this place already belongs to a desk")
  }
  const seed = primitives.random(32)
  const text = received.replace(/\s+/g, "").replace(/^.*#/, "")
  await writeValue(drawer, FILE, { invitation: text, seed: toBase64Url(seed), v: 1 })
  return { card, invitation: secret, seed }
}

/** The enrolment, or null where there is none yet. The card's signature is verified again. */
export async function readEnrolment(drawer: LockedDrawer, primitives: Primitives): Promise<Enrolment | null> {
  const json = await readValue(drawer, FILE)
  if (json === null) return null
  const { invitation, seed } = json as Record<string, Json | undefined>
  const key = typeof seed === "string" ? fromBase64Url(seed) : null
  if (typeof invitation !== "string" || key?.length !== 32) throw new Error(`the file ${FILE} is damaged`)
  const { card, secret } = await openInvitation(invitation, ANY_DAY, primitives)
  return { card: (await readNotice(drawer, card.key, primitives)) ?? card, invitation: secret, seed: key }
}

/**
 * Keeps a card that came with the desk's feed: from now on it says where to send and to which terms to seal.
 *
 * @param received - attacker-controlled.
 * @param desk - the verify key that it must be signed by, base64url.
 * @throws CardError as `openCard`, and `other-card` for another desk's.
 */
export async function takeNotice(
  drawer: LockedDrawer,
  received: string,
  desk: string,
  primitives: Primitives,
): Promise<void> {
  if ((await openCard(received, primitives)).key !== desk) {
    throw new CardError("other-card", "the card is another desk's")
  }
  await writeValue(drawer, NOTICE, { card: received, v: 1 })
}

async function readNotice(drawer: LockedDrawer, desk: string, primitives: Primitives): Promise<Card | null> {
  const json = (await readValue(drawer, NOTICE)) as { readonly card?: Json } | null
  if (typeof json?.card !== "string") return null
  const card = await openCard(json.card, primitives)
  return card.key === desk ? card : null
}
