import type { Json } from "@govah/core/bytes"
import { withFile } from "./drawer.ts"
import type { LockedDrawer, LockedFile } from "./locked-drawer.ts"
import { decodeSlot, encodeSlot } from "./slot.ts"

/** Largest value, in bytes of JSON: an invitation with a card of the greatest length, and room. */
const SLOT_BYTES = 16_384
const PART = "value"

/** A file is there, and neither of its two slots is whole. */
export class DamagedValue extends Error {
  override readonly name = "DamagedValue"
}

/**
 * Reads a small value, or null where there is none.
 *
 * @throws DamagedValue where a file is there and neither of its two slots is whole: never taken for "no value yet".
 */
export async function readValue(
  drawer: LockedDrawer,
  name: string,
  slotBytes: number = SLOT_BYTES,
): Promise<Json | null> {
  const slots = await withFile(drawer, name, false, (file) => readSlots(file, slotBytes))
  if (slots === null || slots.empty) return null
  const newest = newestOf(slots.values)
  if (newest === null) throw new DamagedValue(`the file ${name} is damaged`)
  return newest.value
}

/**
 * Replaces a small value so that a crash leaves the old one or the new one. The old one may lie in the file until the
 * next but one write.
 */
export async function writeValue(
  drawer: LockedDrawer,
  name: string,
  value: Json,
  slotBytes: number = SLOT_BYTES,
): Promise<void> {
  await withFile(drawer, name, true, (file) => writeNext(file, value, slotBytes))
}

/**
 * Replaces a small value by what `work` makes of it, durably, one change of it after another: no two of this process, and
 * where a file is open in one place at a time, as in a browser, no two of all tabs undo each other.
 *
 * @param work - given null where there is none, or it is damaged. Undefined leaves it as it is. Must not change the same
 *   value itself: it would wait for its own end.
 * @param times - 2 where the value from before must be nowhere in the file when this returns.
 */
export async function changeValue(
  drawer: LockedDrawer,
  name: string,
  work: (before: Json | null) => Json | undefined | Promise<Json | undefined>,
  times: 1 | 2 = 1,
): Promise<void> {
  const turns = turnsByDrawer.get(drawer) ?? new Map<string, Promise<void>>()
  turnsByDrawer.set(drawer, turns)
  const mine = (turns.get(name) ?? Promise.resolve()).then(async () => {
    await withFile(drawer, name, true, async (file) => {
      const after = await work(newestOf((await readSlots(file, SLOT_BYTES)).values)?.value ?? null)
      if (after === undefined) return
      for (let i = 0; i < times; i++) await writeNext(file, after, SLOT_BYTES)
    })
  })
  turns.set(
    name,
    mine.catch(() => undefined),
  )
  await mine
}

const turnsByDrawer = new WeakMap<LockedDrawer, Map<string, Promise<void>>>()

async function writeNext(file: LockedFile, value: Json, slotBytes: number): Promise<void> {
  const { values } = await readSlots(file, slotBytes)
  const newest = newestOf(values)
  const turn = (newest?.turn ?? 0) + 1
  const slot = await encodeSlot({ turn, value }, slotBytes, file.seals, PART)
  // The first value goes into both slots: with one alone, rot could not be told from a first write that was cut.
  for (const at of newest === null ? [0, 1] : [1 - newest.slot]) {
    await file.write(at * slotBytes, slot)
    await file.flush()
  }
}

interface Turn {
  readonly slot: number
  readonly turn: number
  readonly value: Json
}

async function readSlots(
  file: LockedFile,
  slotBytes: number,
): Promise<{ empty: boolean; values: readonly Turn[] }> {
  const values: Turn[] = []
  let written = 0
  for (const slot of [0, 1]) {
    const bytes = await file.read(slot * slotBytes, slotBytes)
    if (bytes.length === slotBytes && bytes.some((byte) => byte !== 0)) written++
    const json = bytes.length === slotBytes ? await decodeSlot(bytes, file.seals, PART) : null
    const { turn, value } = (json ?? {}) as { turn?: Json; value?: Json }
    if (typeof turn === "number" && value !== undefined) values.push({ slot, turn, value })
  }
  // One torn slot alone is the very first write, cut: nobody was ever told that there is a value.
  return { empty: values.length === 0 && written < 2, values }
}

function newestOf(values: readonly Turn[]): Turn | null {
  return values.reduce<Turn | null>(
    (best, turn) => (best === null || turn.turn > best.turn ? turn : best),
    null,
  )
}
