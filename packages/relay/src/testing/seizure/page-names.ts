import type { DatabaseSync } from "node:sqlite"

/** What each page of a database is for, by its number: `cell leaf`, `cell overflow`. Pages that are free have no name. */
export function readPageNames(db: DatabaseSync): ReadonlyMap<number, string> {
  const rows = db.prepare("SELECT name, pageno, pagetype FROM dbstat").all() as {
    name: string
    pageno: number
    pagetype: string
  }[]
  return new Map(rows.map(({ name, pageno, pagetype }) => [pageno, `${name} ${pagetype}`]))
}
