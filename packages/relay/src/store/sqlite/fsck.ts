import { equalBytes, toHex } from "@govah/core/bytes"
import { cellId, forgetCommitment } from "@govah/core/cell"
import type { FsckReport } from "../port.ts"
import { decodeHead } from "./slot-head.ts"
import type { SqliteFile } from "./sqlite-file.ts"
import { readListing } from "./windows.ts"

/** Hashes every cell again. A file so broken that SQLite cannot walk it passes through as SQLite's error. */
export async function fsck(file: SqliteFile): Promise<FsckReport> {
  const found: Found = { checked: 0, damaged: new Set(), structure: [] }
  const lines = file.db.prepare("PRAGMA integrity_check").all() as { integrity_check: string }[]
  found.structure.push(...lines.map((line) => line.integrity_check).filter((line) => line !== "ok"))
  checkAgreement(file, found)
  // Slots first: a cell that moves meanwhile is then checked twice, and not at all otherwise.
  await checkSlots(file, found)
  await checkMoved(file, found)
  await checkTombstones(file, found)
  return { checked: found.checked, damaged: [...found.damaged].sort(), structure: found.structure }
}

interface Found {
  checked: number
  readonly damaged: Set<string>
  readonly structure: string[]
}

interface Row {
  readonly id: Uint8Array
  readonly commitment: Uint8Array
  readonly body: Uint8Array
}

// What no single row can show, at one moment.
function checkAgreement(file: SqliteFile, { structure }: Found): void {
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
    ] as const
    for (const [what, sql] of contradictions) {
      const { count } = file.db.prepare(`SELECT count(*) AS count FROM (${sql})`).get(open) as {
        count: number
      }
      if (count > 0) structure.push(`${count} ${what}`)
    }
  })
}

const ID = "substr(head, 1, 32)"
const WINDOW = "hex(substr(head, 69, 8))"
const ALL = `(SELECT id FROM cell UNION ALL SELECT ${ID} FROM slot WHERE ${WINDOW} <> '0000000000000000')`

// All in short reads: one long one would keep the write-ahead log from being emptied.
async function checkSlots(file: SqliteFile, found: Found): Promise<void> {
  const read = file.prepare("SELECT place, head, body FROM slot WHERE place > ? ORDER BY place LIMIT 64")
  for (let after = 0; ; ) {
    const rows = read.all(after) as { place: number; head: Uint8Array; body: Uint8Array }[]
    for (const { place, head, body } of rows) {
      after = place
      if (head.length !== 76) found.structure.push(`the head of a slot has ${head.length} bytes`)
      else {
        const said = decodeHead(head)
        if (said !== null) await checkCell(file, { ...said, body }, found)
      }
    }
    if (rows.length === 0) return
  }
}

async function checkMoved(file: SqliteFile, found: Found): Promise<void> {
  const read = file.prepare("SELECT id, commitment, body FROM cell WHERE id > ? ORDER BY id LIMIT 64")
  for (let after: Uint8Array = new Uint8Array(0); ; ) {
    const rows = read.all(after) as unknown as Row[]
    for (const row of rows) {
      after = row.id
      await checkCell(file, row, found)
    }
    if (rows.length === 0) return
  }
}

async function checkTombstones(file: SqliteFile, { structure }: Found): Promise<void> {
  const read = file.prepare("SELECT id, token, commitment FROM tombstone WHERE id > ? ORDER BY id LIMIT 256")
  let wrong = 0
  for (let after: Uint8Array = new Uint8Array(0); ; ) {
    const rows = read.all(after) as unknown as { id: Uint8Array; token: Uint8Array; commitment: Uint8Array }[]
    for (const { id, token, commitment } of rows) {
      after = id
      if (!equalBytes(await file.deps.primitives.sha256(token), commitment)) wrong++
    }
    if (rows.length === 0) break
  }
  if (wrong > 0) structure.push(`${wrong} tombstones whose token is not theirs`)
}

async function checkCell(file: SqliteFile, { id, commitment, body }: Row, found: Found): Promise<void> {
  const name = toHex(id)
  found.checked++
  const isWhole = (await cellId(body, file.deps.primitives)) === name
  if (!isWhole || !equalBytes(forgetCommitment(body), commitment)) found.damaged.add(name)
}
