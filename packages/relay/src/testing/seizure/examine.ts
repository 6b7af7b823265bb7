import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { type Coordinates, findCoordinates } from "./coordinates.ts"
import { type LinkResult, tryToLink } from "./link.ts"
import type { SentCell } from "./traffic.ts"

/** What an examiner made of a seized store. */
export interface Examined {
  readonly parcels: LinkResult
  readonly senders: LinkResult
  readonly desks: LinkResult
  readonly onFreePages: number
  readonly elsewhere: number
}

/**
 * Gives a seized folder to the examiner.
 *
 * @param admitted - what the specification lets everybody know of a cell, by its id in hex.
 */
export function examine(
  folder: string,
  database: string,
  sent: readonly SentCell[],
  admitted: ReadonlyMap<string, string>,
  seed: string,
): Examined {
  return judge(findCoordinates(folder, database, sent), sent, admitted, seed)
}

/** Tries to link the newest of the cells whose coordinates were found; all of them unless said. */
export function judge(
  coordinates: Coordinates,
  sent: readonly SentCell[],
  admitted: ReadonlyMap<string, string>,
  seed: string,
  newest: number = sent.length,
): Examined {
  const from = sent.length - newest
  const places = new Map([...coordinates.byName].map(([name, numbers]) => [name, numbers.subarray(from)]))
  const cells = sent.slice(from).map((cell) => ({ ...cell, admitted: admitted.get(cell.id) ?? "" }))
  const known = { ...coordinates, byName: places }
  return {
    parcels: tryToLink("one parcel", cells, known, seed),
    senders: tryToLink("one sender", cells, known, seed),
    desks: tryToLink("one desk", cells, known, seed),
    onFreePages: coordinates.onFreePages,
    elsewhere: coordinates.elsewhere,
  }
}

/** Window and day of every cell in a relay's store that has its window, by its id in hex; the others' is the open one. */
export function readAdmitted(folder: string, database: string): ReadonlyMap<string, string> {
  const db = new DatabaseSync(join(folder, database))
  const rows = db.prepare("SELECT id, day, window FROM cell").all() as unknown as {
    id: Uint8Array
    day: number
    window: number
  }[]
  db.close()
  return new Map(rows.map(({ id, day, window }) => [Buffer.from(id).toString("hex"), `${window} ${day}`]))
}
