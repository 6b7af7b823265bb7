import { isFull } from "./slot-head.ts"
import type { Slots } from "./slots.ts"
import type { SqliteFile } from "./sqlite-file.ts"

/** Lays noise over those of some places where no cell lies, those beyond the last one too. Inside `slots.write`. */
export function mend(file: SqliteFile, slots: Slots, places: Iterable<number>): void {
  const last = file.countPlaces()
  let isBeyond = false
  for (const place of places) {
    if (place > last) isBeyond = true
    else if (slots.rows.isFree(place)) slots.bodies.write(place, file.noise(1))
  }
  if (isBeyond) mendEnd(file, slots)
}

/**
 * After a crash bodies may lie anywhere that no row names: lays noise over some free places after a given one, and in the
 * end over what the file of bodies has beyond its last place.
 *
 * @returns the last place that was looked at; null: that was all, and the store knows it.
 */
export async function mendSome(file: SqliteFile, slots: Slots, after: number): Promise<number | null> {
  return await slots.write(() => {
    const rows = slots.rows.after(after, MENDED_AT_A_TIME)
    for (const { place, head } of rows) if (!isFull(head)) slots.bodies.write(place, file.noise(1))
    const last = rows.at(-1)
    if (last !== undefined) return last.place
    mendEnd(file, slots)
    file.prepare("UPDATE listing SET torn = 0").run()
    return null
  })
}

/** Whether a process ended without closing the store, and not everything was looked at since. */
export function isTorn(file: SqliteFile): boolean {
  return file.prepare("SELECT torn FROM listing").get()?.["torn"] !== 0
}

// Not longer than it is: a disk that is full has no room for more.
function mendEnd(file: SqliteFile, { bodies }: Slots): void {
  const places = file.countPlaces()
  const beyond = bodies.size() - places * file.cellBytes
  if (beyond > 0) bodies.write(places + 1, file.noise(1, beyond))
}

const MENDED_AT_A_TIME = 256
