import { fromBase64Url, type Json, toBase64Url } from "@govah/core/bytes"
import { type Card, CardError, openCard, openInvitation } from "@govah/core/card"
import type { Primitives } from "@govah/core/primitives"
import { type LockedDrawer, readValue, writeValue } from "../store/index.ts"
import { EnrolError } from "./enrol-error.ts"

/** What makes this place a unit of a desk. */
export interface Enrolment {
  /** The newest card that is known: the invitation's, or one that the feed brought. */
  readonly card: Card
  /** The invitation's secret, base64url of 16 B; null for an anonymous witness. */
  readonly invitation: string | null
  /** The unit's Ed25519 seed, 32 B. It signs; it opens nothing. */
  readonly seed: Uint8Array
  /** Of a witness who can come back, the secret of all replies, 32 B. */
  readonly back: Uint8Array | null
  /** Whether the words of a witness were brought here from elsewhere. */
  readonly cameBack: boolean
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
  return { card, invitation: secret, seed, back: null, cameBack: false }
}

/** Keeps what makes this place an anonymous witness's. @param card - a card's text that `openCard` takes. */
export async function writeWitness(
  drawer: LockedDrawer,
  card: string,
  { seed, back, cameBack }: Pick<Enrolment, "seed" | "back" | "cameBack">,
): Promise<void> {
  const own = { seed: toBase64Url(seed), back: back === null ? null : toBase64Url(back), cameBack }
  await writeValue(drawer, FILE, { card, ...own, v: 1 })
}

/** Leaves nothing of who was enrolled here, and of the desk its key alone. */
export async function writeForgotten(drawer: LockedDrawer, desk: string): Promise<void> {
  // The file keeps two values: written once, the key would stay in the other.
  for (let i = 0; i < 2; i++) await writeValue(drawer, FILE, { desk, v: 1 })
}

/** The verify key of the desk whose witness was forgotten here, or null. */
export async function forgottenDesk(drawer: LockedDrawer): Promise<string | null> {
  const json = (await readValue(drawer, FILE)) as { readonly desk?: Json } | null
  return typeof json?.desk === "string" ? json.desk : null
}

/** The enrolment, or null where there is none yet. The card's signature is verified again. */
export async function readEnrolment(drawer: LockedDrawer, primitives: Primitives): Promise<Enrolment | null> {
  const json = await readValue(drawer, FILE)
  if (json === null) return null
  const kept = json as Record<string, Json | undefined>
  if (typeof kept.desk === "string") return null
  const seed = bytesOf(kept.seed)
  if (seed?.length !== 32) throw new Error(`the file ${FILE} is damaged`)
  const newest = async (card: Card): Promise<Card> => (await readNotice(drawer, card.key, primitives)) ?? card
  if (typeof kept.card === "string") {
    const card = await newest(await openCard(kept.card, primitives))
    return { card, invitation: null, seed, back: bytesOf(kept.back), cameBack: kept.cameBack === true }
  }
  if (typeof kept.invitation !== "string") throw new Error(`the file ${FILE} is damaged`)
  const { card, secret } = await openInvitation(kept.invitation, ANY_DAY, primitives)
  return { card: await newest(card), invitation: secret, seed, back: null, cameBack: false }
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

function bytesOf(text: Json | undefined): Uint8Array | null {
  return typeof text === "string" ? fromBase64Url(text) : null
}
