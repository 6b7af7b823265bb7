import { canonicalJsonBytes, type Json } from "@govah/core/bytes"
import { DamagedValue, type LockedDrawer, readValue, writeValue } from "../store/index.ts"
import type { SavedDraft } from "./saved-draft.ts"
import type * as savedDraftModule from "./saved-draft.ts"

const FILE = "draft"
/** Of each of the two slots: the longest text of a draft, in Persian, with all other answers, and room. */
const SLOT_BYTES = 131_072
/** What a slot takes besides the draft itself: its seal, its turn, the braces around it. */
const ROOM_BYTES = 256

/** What was begun and not yet kept, or null. A damaged one, or one of another program, is as good as none. */
export async function readDraft(drawer: LockedDrawer): Promise<SavedDraft | null> {
  try {
    const value = await readValue(drawer, FILE, SLOT_BYTES)
    return value === null ? null : (await form()).parseSavedDraft(value)
  } catch (error) {
    if (!(error instanceof DamagedValue)) throw error
    return null
  }
}

/**
 * Saves a draft, sealed, in one file of one length, written in place. One that is too long, or is none, is not saved: the
 * one before stays. Null erases it: no slot holds it any more.
 */
export async function writeDraft(drawer: LockedDrawer, draft: SavedDraft | null): Promise<void> {
  if (draft === null) {
    // The file keeps two values: written once, the one before would stay.
    for (let slot = 0; slot < 2; slot++) await writeValue(drawer, FILE, null, SLOT_BYTES)
    return
  }
  const value = (await form()).parseSavedDraft(draft) as unknown as Json
  if (value === null || canonicalJsonBytes(value).length > SLOT_BYTES - ROOM_BYTES) return
  await writeValue(drawer, FILE, value, SLOT_BYTES)
}

/** Fetched when there is a draft: nobody waits for it before they can seal. */
function form(): Promise<typeof savedDraftModule> {
  return import("./saved-draft.ts")
}
