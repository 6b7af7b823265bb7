import type { DatabaseSync } from "node:sqlite"
import type { Wanted } from "./coordinates.ts"

// Of pieces.ts: the name, the commitment, and what lies 512 bytes into the body.
const KNOWING_PIECES = 3

/**
 * Every whole number that the database keeps in one row with a cell's name, commitment or body, and the row's own
 * number where the table has one: an arrival number by whatever name is among them.
 *
 * @returns by the name of the column: for each cell a number, or NaN.
 */
export function readRowNumbers(
  db: DatabaseSync,
  cells: readonly Wanted[],
): ReadonlyMap<string, Float64Array> {
  const indexByPiece = new Map<string, number>()
  cells.forEach((cell, i) => {
    for (const piece of cell.pieces.slice(0, KNOWING_PIECES)) indexByPiece.set(toKey(piece), i)
  })
  const byName = new Map<string, Float64Array>()
  const tables = db.prepare("SELECT name, wr FROM pragma_table_list WHERE type = 'table'").all() as {
    name: string
    wr: number
  }[]
  for (const { name, wr } of tables) {
    if (name.startsWith("sqlite_")) continue
    const rows = db.prepare(`SELECT ${wr === 1 ? "" : "rowid AS 'row number', "}* FROM "${name}"`).iterate()
    for (const row of rows) {
      const values = Object.entries(row)
      const cell = values.map(([, value]) => cellOf(value, indexByPiece)).find((i) => i !== undefined)
      if (cell === undefined) continue
      for (const [column, value] of values) {
        if (typeof value !== "number") continue
        const label = `${name}.${column}`
        let numbers = byName.get(label)
        if (numbers === undefined)
          byName.set(label, (numbers = new Float64Array(cells.length).fill(Number.NaN)))
        numbers[cell] = value
      }
    }
  }
  return byName
}

// A name and a commitment are whole values; a body is known by what lies 512 bytes into it, wherever it begins.
function cellOf(value: unknown, indexByPiece: ReadonlyMap<string, number>): number | undefined {
  if (!(value instanceof Uint8Array)) return undefined
  const whole = indexByPiece.get(toKey(value.subarray(0, 8)))
  if (whole !== undefined || value.length < 1024) return whole
  return indexByPiece.get(toKey(value.subarray(512, 520)))
}

function toKey(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1")
}
