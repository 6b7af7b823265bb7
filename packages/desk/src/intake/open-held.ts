import { type AnyOpenedRoot, openAnyRoot } from "@govah/core/open"
import { readHeldTerms } from "../identity/intake-terms.ts"
import { type Room, today } from "../room.ts"

/** A root and the first day of the term that it was sealed to. */
export interface HeldRoot {
  readonly root: AnyOpenedRoot
  /** YYYY-MM-DD. */
  readonly term: string
}

/**
 * Tries the identities that the desk still holds, one by one: the cell does not say which term it was sealed to.
 *
 * @param cell - attacker-controlled.
 * @returns null where none opens it.
 * @throws OpenError where it is ours and broken.
 */
export async function openHeld(room: Room, cell: Uint8Array): Promise<HeldRoot | null> {
  for (const { from, identity } of readHeldTerms(room.store, today(room.deps))) {
    const root = await openAnyRoot(cell, [identity], room.key, room.deps.primitives)
    if (root !== null) return { root, term: from }
  }
  return null
}
