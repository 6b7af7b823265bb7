import { equalBytes, toHex } from "@govah/core/bytes"
import { cellId, forgetCommitment } from "@govah/core/cell"
import type { FsckReport } from "../port.ts"
import { decodeHead, isFull } from "./slot-head.ts"
import type { Slots } from "./slots.ts"
import type { SqliteFile } from "./sqlite-file.ts"
import type { Turns } from "./turns.ts"
import { readListing } from "./windows.ts"

/** Hashes every cell again. A file so broken that SQLite cannot walk it passes through as SQLite's error. */
export async function fsck(file: SqliteFile, slots: Slots, turns: Turns): Promise<FsckReport> {
  const found: Found = { checked: 0, inSlots: new Set(), damaged: new Set(), structure: [] }
  const check: Check = { file, slots, turns, found }
  await turns(() => checkAgreement(check))
  // Slots first: a cell whose window closes meanwhile would not be checked at all otherwise.
  await checkSlots(check)
  await checkMoved(check)
  await checkTombstones(check)
  return { checked: found.checked, damaged: [...found.damaged].sort(), structure: found.structure }
}

interface Found {
  checked: number
  /** Those that were checked in slots: some may have rows of their own by now. */
  readonly inSlots: Set<string>
  readonly damaged: Set<string>
  readonly structure: string[]
}

// All in short turns: one long one would keep senders waiting, and the write-ahead log from being emptied.
interface Check {
  readonly file: SqliteFile
  readonly slots: Slots
  readonly turns: Turns
  readonly found: Found
}

interface Row {
  readonly id: Uint8Array
  readonly commitment: Uint8Array
  readonly place: number
}

// What no single row can show, at one moment.
function checkAgreement({ file, slots, found: { structure } }: Check): void {
  const lines = file.db.prepare("PRAGMA integrity_check").all() as { integrity_check: string }[]
  structure.push(...lines.map((line) => line.integrity_check).filter((line) => line !== "ok"))
  file.snapshot(() => {
    const { window: open } = readListing(file)
    const contradictions = [
      ["cells of a window that is not closed", "SELECT id FROM cell WHERE window >= ?1"],
      [
        "slots of a window that is not open yet",
        `SELECT ${ID} FROM slot WHERE ${WINDOW} > printf('%016X', ?1)`,
      ],
      ["cells that lie in two places", `SELECT id FROM ${ALL} GROUP BY id HAVING count(*) > 1 AND ?1`],
      ["cells that are forgotten", `SELECT id FROM ${ALL} WHERE id IN (SELECT id FROM tombstone) AND ?1`],
      ["places of two cells", `SELECT place FROM ${PLACES} GROUP BY place HAVING count(*) > 1 AND ?1`],
    ] as const
    for (const [what, sql] of contradictions) {
      const { count } = file.db.prepare(`SELECT count(*) AS count FROM (${sql})`).get(open) as {
        count: number
      }
      if (count > 0) structure.push(`${count} ${what}`)
    }
    const { count } = file.db.prepare(`SELECT count(*) AS count FROM ${PLACES}`).get() as { count: number }
    const places = file.countPlaces()
    if (count !== places) structure.push(`${places} places, and ${count} of them have a row`)
    const bodies = Math.floor(slots.bodies.size() / file.cellBytes)
    if (bodies < places)
      structure.push(`${places} places, and bodies for ${bodies}: the file of cells was cut`)
  })
}

const ID = "substr(head, 1, 32)"
const WINDOW = "hex(substr(head, 69, 8))"
const IS_FULL = "substr(head, 1, 64) <> zeroblob(64)"
const ALL = `(SELECT id FROM cell UNION ALL SELECT ${ID} FROM slot WHERE ${IS_FULL})`
const PLACES = "(SELECT place FROM cell UNION ALL SELECT place FROM slot)"

async function checkSlots(check: Check): Promise<void> {
  const { file, found } = check
  const read = file.prepare("SELECT place, head FROM slot WHERE place > ? ORDER BY place LIMIT 64")
  for (let after = 0; ; ) {
    const rows = await readBodies(
      check,
      () => read.all(after) as unknown as { place: number; head: Uint8Array }[],
    )
    for (const { place, head, body } of rows) {
      after = place
      if (head.length !== 76) found.structure.push(`the head of a slot has ${head.length} bytes`)
      else {
        const said = decodeHead(head)
        if (!isFull(said)) continue
        found.inSlots.add(toHex(said.id))
        await checkCell(check, { ...said, place }, body)
      }
    }
    if (rows.length === 0) return
  }
}

async function checkMoved(check: Check): Promise<void> {
  const read = check.file.prepare("SELECT id, commitment, place FROM cell WHERE id > ? ORDER BY id LIMIT 64")
  for (let after: Uint8Array = new Uint8Array(0); ; ) {
    const rows = await readBodies(check, () => read.all(after) as unknown as Row[])
    for (const row of rows) {
      after = row.id
      if (!check.found.inSlots.has(toHex(row.id))) await checkCell(check, row, row.body)
    }
    if (rows.length === 0) return
  }
}

async function readBodies<R extends { readonly place: number }>(
  { slots, turns }: Check,
  rows: () => R[],
): Promise<(R & { readonly body: Uint8Array })[]> {
  return await turns(() => rows().map((row) => ({ ...row, body: slots.bodies.read(row.place) })))
}

async function checkTombstones({ file, turns, found: { structure } }: Check): Promise<void> {
  const read = file.prepare("SELECT id, token, commitment FROM tombstone WHERE id > ? ORDER BY id LIMIT 256")
  let wrong = 0
  for (let after: Uint8Array = new Uint8Array(0); ; ) {
    const rows = (await turns(() => read.all(after))) as unknown as {
      id: Uint8Array
      token: Uint8Array
      commitment: Uint8Array
    }[]
    for (const { id, token, commitment } of rows) {
      after = id
      if (!equalBytes(await file.deps.primitives.sha256(token), commitment)) wrong++
    }
    if (rows.length === 0) break
  }
  if (wrong > 0) structure.push(`${wrong} tombstones whose token is not theirs`)
}

async function checkCell(check: Check, row: Row, body: Uint8Array): Promise<void> {
  const name = toHex(row.id)
  check.found.checked++
  const isWhole = (await cellId(body, check.file.deps.primitives)) === name
  if (isWhole && equalBytes(forgetCommitment(body), row.commitment)) return
  // Where another process has dropped the cell meanwhile, something else may lie there already.
  if (await check.turns(() => liesAt(check.file, row))) check.found.damaged.add(name)
}

function liesAt(file: SqliteFile, { id, place }: Row): boolean {
  const sql = `SELECT 1 FROM (SELECT id, place FROM cell WHERE id = ?1
    UNION ALL SELECT ${ID} AS id, place FROM slot WHERE place = ?2) WHERE id = ?1 AND place = ?2`
  return file.prepare(sql).get(id, place) !== undefined
}
