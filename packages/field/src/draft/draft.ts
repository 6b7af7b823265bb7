import { DamagedValue, type LockedDrawer, readValue, writeValue } from "../store/index.ts"

const FILE = "draft"
/** Of each of the two slots: the longest text of a report, in Persian, and room. */
const SLOT_BYTES = 131_072

/** Longest draft, in characters. What is longer is not saved by itself. */
export const MAX_DRAFT_LENGTH = 40_000

/** What was typed and not yet kept, or null. A damaged one is as good as none. */
export async function readDraft(drawer: LockedDrawer): Promise<string | null> {
  try {
    const text = await readValue(drawer, FILE, SLOT_BYTES)
    return typeof text === "string" && text !== "" ? text : null
  } catch (error) {
    if (!(error instanceof DamagedValue)) throw error
    return null
  }
}

/**
 * Saves what was typed, sealed, in one file of one length, written in place. Null erases it: no slot holds it any more.
 */
export async function writeDraft(drawer: LockedDrawer, text: string | null): Promise<void> {
  if (text === null) {
    // The file keeps two values: written once, the one before would stay.
    for (let slot = 0; slot < 2; slot++) await writeValue(drawer, FILE, null, SLOT_BYTES)
  } else if (text.length <= MAX_DRAFT_LENGTH) await writeValue(drawer, FILE, text, SLOT_BYTES)
}
