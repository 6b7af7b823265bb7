import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

/** Which of these texts stand in any file of a folder, in UTF-8 or in two bytes a character. */
export function findMarks(folder: string, marks: readonly string[]): string[] {
  const evidence = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
  return marks.filter((mark) =>
    evidence.some((bytes) => bytes.includes(mark) || bytes.includes(Buffer.from(mark, "utf16le"))),
  )
}

/**
 * Numbers of the database that are one of these instants, to the millisecond, second, minute or hour. Bodies are not
 * searched for them: among 10⁸ random bytes every number of four bytes is.
 */
export function findInstants(database: string, instants: readonly number[]): number[] {
  const units = [1, 1_000, 60_000, 3_600_000]
  const wanted = new Set(units.flatMap((unit) => instants.map((instant) => Math.floor(instant / unit))))
  const db = new DatabaseSync(database)
  const found = new Set<number>()
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[]
  for (const { name } of tables) {
    for (const row of db.prepare(`SELECT * FROM "${name}"`).iterate()) {
      for (const value of Object.values(row)) {
        for (const number of numbersIn(value)) if (wanted.has(number)) found.add(number)
      }
    }
  }
  db.close()
  return [...found]
}

const SHORT_BYTES = 200

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value]
  if (typeof value === "string") return (value.match(/\d{6,}/g) ?? []).map(Number)
  if (!(value instanceof Uint8Array) || value.length > SHORT_BYTES) return []
  // Six or eight bytes, most significant first: what a program writes that packs a time.
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength)
  const numbers: number[] = []
  for (let at = 0; at + 8 <= value.length; at++) {
    numbers.push(view.getUint16(at) * 2 ** 32 + view.getUint32(at + 2), Number(view.getBigUint64(at)))
  }
  return numbers
}
