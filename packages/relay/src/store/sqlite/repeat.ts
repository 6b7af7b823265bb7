import type { SqliteFile } from "./sqlite-file.ts"
import type { Turns } from "./turns.ts"

/**
 * Does the same again and again, a turn each, until it did nothing or the store was closed.
 *
 * @param work - returns how much it did.
 * @returns how much in all.
 */
export async function repeat(
  file: SqliteFile,
  turns: Turns,
  work: () => number | Promise<number>,
): Promise<number> {
  for (let done = 0; ; ) {
    const count = await turns(() => (file.db.isOpen ? work() : 0))
    if (count === 0) return done
    done += count
  }
}
