import { closeSync, openSync, rmSync } from "node:fs"
import { dirname } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { toHex } from "@govah/core/bytes"
import { cellId } from "@govah/core/cell"
import { type Bodies, bodiesPath, openBodies } from "./bodies.ts"
import { readCells } from "./names.ts"
import { decodeHead, encodeFree, isFull } from "./slot-head.ts"
import type { Slots } from "./slots.ts"
import { flushToDisk, type SqliteFile } from "./sqlite-file.ts"
import type { Turns } from "./turns.ts"

/**
 * Writes a copy of the store as it is now, rebuilt in the order of its keys, and its bodies beside it. A cell that is
 * forgotten or expires meanwhile, or is damaged, is not in it.
 *
 * Its epoch is a new one: where the copy takes the store's place, readers begin again and miss nothing.
 *
 * A file that is there already passes through as `EEXIST`; so do faults of the disk, and then no file is left.
 */
export async function backUp(file: SqliteFile, slots: Slots, turns: Turns, path: string): Promise<void> {
  const paths = [path, bodiesPath(path)]
  const made: string[] = []
  try {
    for (const one of paths) {
      closeSync(openSync(one, "wx", 0o600))
      made.push(one)
    }
    await turns(() => file.prepare("VACUUM INTO ?").run(path))
    const copy = new DatabaseSync(path)
    const bodies = openBodies(bodiesPath(path), file.cellBytes)
    try {
      copy.exec(
        "PRAGMA journal_mode = MEMORY; UPDATE listing SET torn = 0, epoch = lower(hex(randomblob(8)))",
      )
      await copyBodies(file, slots, turns, copy, bodies)
      await bodies.flush()
    } finally {
      bodies.close()
      copy.close()
    }
    for (const one of [...paths, dirname(path)]) flushToDisk(one)
  } catch (error) {
    for (const one of made) rmSync(one, { force: true })
    throw error
  }
}

interface Row {
  readonly place: number
  readonly id: Uint8Array | null
  /** In which window the place rests where the copy has no cell there. */
  readonly restsIn: number
}

async function copyBodies(
  file: SqliteFile,
  slots: Slots,
  turns: Turns,
  copy: DatabaseSync,
  bodies: Bodies,
): Promise<void> {
  const { window: open } = copy.prepare("SELECT window FROM listing").get() as { window: number }
  copy.exec("BEGIN; CREATE TEMP TABLE row (place INTEGER PRIMARY KEY, id BLOB, restsIn INTEGER)")
  copy.prepare("INSERT INTO temp.row SELECT place, id, ? FROM cell").run(open)
  const note = copy.prepare("INSERT INTO temp.row VALUES (?, ?, ?)")
  const inSlots = copy.prepare("SELECT place, head FROM slot").all() as { place: number; head: Uint8Array }[]
  for (const { place, head } of inSlots) {
    const said = decodeHead(head)
    if (isFull(said)) note.run(place, said.id, said.window === open ? 0 : open)
    else note.run(place, null, said.restsIn)
  }
  const read = copy.prepare("SELECT place, id, restsIn FROM temp.row WHERE place > ? ORDER BY place LIMIT 64")
  for (let last = 0; ; ) {
    const rows = read.all(last) as unknown as Row[]
    if (rows.length === 0) break
    const found = await turns(() => rows.map(({ place }) => slots.bodies.read(place)))
    for (const [i, { place, id, restsIn }] of rows.entries()) {
      last = place
      const body = id === null ? null : await findWhole(file, slots, turns, id, found[i] as Uint8Array)
      bodies.write(place, body ?? file.deps.primitives.random(file.cellBytes))
      if (body === null) setFree(copy, place, restsIn)
    }
  }
  copy.exec("COMMIT")
}

// The body of a cell: what was read where it lay; or, where its place was needed meanwhile and it moved, where it lies now.
async function findWhole(
  file: SqliteFile,
  slots: Slots,
  turns: Turns,
  id: Uint8Array,
  body: Uint8Array,
): Promise<Uint8Array | null> {
  const isWhole = async (some: Uint8Array): Promise<boolean> =>
    (await cellId(some, file.deps.primitives)) === toHex(id)
  if (await isWhole(body)) return body
  const [now] = await turns(() => slots.read(() => readCells(file, slots, [id])))
  return now != null && (await isWhole(now.body)) ? now.body : null
}

function setFree(copy: DatabaseSync, place: number, restsIn: number): void {
  copy.prepare("DELETE FROM cell WHERE place = ?").run(place)
  copy
    .prepare("INSERT OR REPLACE INTO slot (place, head) VALUES (?, ?)")
    .run(place, encodeFree({ restsIn, isStale: false }))
}
