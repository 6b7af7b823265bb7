import { prepareProofs } from "../check/index.ts"
import { readDraft, writeDraft } from "../draft/index.ts"
import { openPurse } from "../purse/index.ts"
import { prepareUnread } from "../replies/index.ts"
import { type LockedDrawer, writeValue } from "../store/index.ts"

/** The small values of a place. Each is there from the first start on: which was ever used shows in none. */
const VALUES = ["unit", "card", "feed", "replies", "queue", "arrived", "faces"]

/** Puts every file of fixed length into a place that was just locked for the first time. Harmless to repeat. */
export async function furnish(drawer: LockedDrawer): Promise<void> {
  const there = new Set(await drawer.names())
  for (const name of VALUES) if (!there.has(name)) await writeValue(drawer, name, null)
  if (!there.has("proofs")) await prepareProofs(drawer)
  if (!there.has("unread")) await prepareUnread(drawer)
  if (!there.has("tokens")) await openPurse(drawer).add([])
  if (!there.has("draft") && (await readDraft(drawer)) === null) await writeDraft(drawer, null)
}
