import { toBase64Url, toHex } from "@govah/core/bytes"
import { formatInvitation, INVITATION_DAYS, signCard } from "@govah/core/card"
import { readRelays } from "../relays/relays.ts"
import type { NewInvitation } from "../desk.ts"
import { addDays, type Room, today } from "../room.ts"
import { currentTerms } from "./intake-terms.ts"
import { withSeed } from "./secrets.ts"

/**
 * The desk's card of today, signed.
 *
 * @param maxTerms - how many intake terms it names, from today's on; a QR code has room for one.
 * @throws CardError `too-long`.
 */
export async function makeCard(room: Room, maxTerms: number = Number.POSITIVE_INFINITY): Promise<string> {
  const { store, deps } = room
  const { primitives } = deps
  const terms = (await currentTerms(store, deps)).slice(0, maxTerms)
  const successor = await withSeed(store, "successor-seed", async (seed) =>
    toHex(await primitives.sha256(await primitives.publicKey(seed))),
  )
  const relays = readRelays(store)
    .filter(({ unlisted }) => !unlisted)
    .map(({ url, road, operator }) => ({ url, road, ...(operator === undefined ? {} : { operator }) }))
  return await withSeed(store, "root-seed", (seed) =>
    signCard({ name: room.name, key: room.key, successor, relays, terms }, seed, primitives),
  )
}

/** Makes an invitation for one unit; the ledger keeps the hash of its secret, and nothing keeps the secret. */
export async function makeInvitation(room: Room, label: string): Promise<NewInvitation> {
  const { primitives } = room.deps
  const [card, shortCard] = [await makeCard(room), await makeCard(room, 1)]
  const secret = primitives.random(16)
  const lastDay = addDays(today(room.deps), INVITATION_DAYS)
  await room.book.append([
    { kind: "invited", secret: await invitationHash(secret, room), lastDay, label: label.slice(0, 300) },
  ])
  const format = (text: string): string => formatInvitation(text, toBase64Url(secret), lastDay)
  return { text: format(card), shortText: format(shortCard), lastDay }
}

/** How the ledger names an invitation: SHA-256 of its 16 bytes, hex. */
export async function invitationHash(secret: Uint8Array, room: Pick<Room, "deps">): Promise<string> {
  return toHex(await room.deps.primitives.sha256(secret))
}
