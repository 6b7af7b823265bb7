import { openCard } from "@govah/core/card"
import type { Primitives } from "@govah/core/primitives"
import type { WitnessKeys } from "@govah/core/witness"
import { readFeedMemory, writeFeedMemory } from "../check/feed-memory.ts"
import { EnrolError, type Enrolment, readEnrolment, writeForgotten, writeWitness } from "../enrol/index.ts"
import { addChain, changeChains } from "../replies/index.ts"
import type { LockedDrawer } from "../store/index.ts"

/** Who somebody with a public card becomes. */
export interface NewWitness {
  /** What follows from their words; null for none: then a key is drawn, and nobody can come back. */
  readonly keys: WitnessKeys | null
  /** Whether the words were brought from elsewhere. */
  readonly cameBack: boolean
}

/**
 * Becomes an anonymous witness: checks the card, and keeps it with the key, durably.
 *
 * @param received - the public card, or a link that ends with it; attacker-controlled.
 * @throws CardError for the card; EnrolError `already-enrolled`.
 */
export async function enrolWitness(
  drawer: LockedDrawer,
  received: string,
  { keys, cameBack }: NewWitness,
  primitives: Primitives,
): Promise<Enrolment> {
  const text = received.replace(/\s+/g, "").replace(/^.*#/, "")
  const card = await openCard(text, primitives)
  if ((await readEnrolment(drawer, primitives)) !== null) {
    throw new EnrolError("already-enrolled", "this place already belongs to a desk")
  }
  const own = { seed: keys?.seed ?? primitives.random(32), back: keys?.back ?? null, cameBack }
  if (own.back !== null) await addChain(drawer, own.back, primitives)
  await lookThroughAgain(drawer)
  await writeWitness(drawer, text, own)
  return { card, invitation: null, ...own }
}

/**
 * Forgets a witness: key, chains and count go. What is sealed stays, and of the desk its key, so that nobody sends it
 * elsewhere. Nothing happens where no witness is enrolled.
 */
export async function forgetWitness(drawer: LockedDrawer, primitives: Primitives): Promise<void> {
  const enrolment = await readEnrolment(drawer, primitives)
  if (enrolment === null || enrolment.invitation !== null) return
  await writeForgotten(drawer, enrolment.card.key)
  await changeChains(drawer, () => [], primitives)
  await lookThroughAgain(drawer)
}

// What was heard under one name is looked through once more under the next. The newest head stays: a rollback is one
// whoever asks.
async function lookThroughAgain(drawer: LockedDrawer): Promise<void> {
  // Two values lie in the file, and each may hold the count.
  for (let i = 0; i < 2; i++) {
    await writeFeedMemory(drawer, { ...(await readFeedMemory(drawer)), read: 0, seen: [], counted: 0 })
  }
}
