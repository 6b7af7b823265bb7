import { dirname } from "node:path"
import { RelayError } from "../../relay-error.ts"
import type { RelayDeps, RelayStore } from "../port.ts"
import { sqliteAdmissions } from "./admissions.ts"
import { backUp } from "./backup.ts"
import { type Bodies, bodiesPath, hasBodies, openBodies } from "./bodies.ts"
import { readCapacity } from "./capacity.ts"
import { commitPosts } from "./cells.ts"
import { expire } from "./expire.ts"
import { sqliteFeeds } from "./feeds.ts"
import { fsck } from "./fsck.ts"
import { groupPosts } from "./group.ts"
import { readPage } from "./listing.ts"
import { countCells, readCells, readNames } from "./names.ts"
import { sqliteSettings } from "./settings.ts"
import { Slots } from "./slots.ts"
import { flushToDisk, openFile, type SqliteFile, type StoreOptions } from "./sqlite-file.ts"
import { startTidying, type Tidying } from "./tidying.ts"
import { forgetSome, type NamedToken, readTombstones, takeTombstones } from "./tombstones.ts"
import { inTurn, takeTurns, type Turns } from "./turns.ts"

/**
 * Opens or makes a relay's store: one SQLite file and, while it is open, its two companions; and the file of bodies.
 *
 * @param path - made readable to its owner alone; `-cells` after it names the bodies.
 * @throws RelayError `not-a-relay`, `newer-store`, `no-bodies`. A folder that is not there, or not writable, passes
 * through.
 */
export function openStore(path: string, deps: RelayDeps, options: StoreOptions = {}): RelayStore {
  const file = openFile(path, deps, options)
  const bodies = openBodiesOf(file, options)
  const slots = new Slots(file, bodies)
  const turns = takeTurns()
  const tidying = startTidying(file, slots, turns)
  const group = groupPosts(async (posts) => {
    const outcomes = await turns(() => commitPosts(file, slots, posts))
    tidying.touch()
    return outcomes
  })
  // A relay that has just begun makes room before it is asked to.
  tidying.touch()
  const read = async <T>(work: () => T): Promise<T> => await turns(() => slots.read(work))
  return {
    deps,
    today: () => file.today(),
    get commits() {
      return file.commits
    },
    put: async (post) => await group.put(post),
    page: async (after, limit) => await read(() => readPage(file, slots, after, limit)),
    names: async (after, limit) => await read(() => readNames(file, slots, after, limit)),
    read: async (ids) => await read(() => readCells(file, slots, ids)),
    count: async () => await read(() => countCells(file, slots)),
    ...tombstonesOf(file, slots, turns, tidying),
    admissions: inTurn(turns, sqliteAdmissions(file)),
    feeds: inTurn(turns, sqliteFeeds(file)),
    settings: inTurn(turns, sqliteSettings(file)),
    capacity: async () => await read(() => readCapacity(file, slots)),
    expire: async () => {
      const deleted = await expire(file, slots, turns)
      await tidying.tidy()
      return deleted
    },
    fsck: async () => await fsck(file, slots, turns),
    backup: async (to) => await backUp(file, slots, turns, to),
    tidy: async () => await tidying.tidy(),
    flush: async () => await group.flush(),
    close: async () => {
      await group.flush()
      await turns(async () => {
        tidying.stop()
        if (slots.torn.places.size > 0) await slots.write(() => undefined).catch(() => undefined)
        file.close()
        bodies.close()
      })
    },
  }
}

function openBodiesOf(file: SqliteFile, options: StoreOptions): Bodies {
  try {
    if (file.countPlaces() > 0 && !hasBodies(file.path))
      throw new RelayError(
        "no-bodies",
        `${bodiesPath(file.path)} is missing: the cells of this store lie in it. Nothing was changed; put it back beside ${file.path}`,
      )
    const bodies = (options.openBodies ?? openBodies)(bodiesPath(file.path), file.cellBytes)
    // That it is here must survive a power cut too.
    flushToDisk(dirname(file.path))
    return bodies
  } catch (error) {
    file.close()
    throw error
  }
}

function tombstonesOf(
  file: SqliteFile,
  slots: Slots,
  turns: Turns,
  tidying: Tidying,
): Pick<RelayStore, "forget" | "tombstones" | "putTombstones"> {
  const name = async (token: Uint8Array): Promise<NamedToken> => ({
    token,
    commitment: await file.deps.primitives.sha256(token),
  })
  return {
    forget: async (tokens) => {
      const named = await Promise.all(tokens.map(name))
      while (await turns(() => forgetSome(file, slots, named)));
      tidying.touch()
    },
    tombstones: async (ids) => await turns(() => readTombstones(file, ids)),
    putTombstones: async (tombstones) => {
      const named = tombstones.map(async (one) => ({ ...one, ...(await name(one.token)) }))
      const all = await Promise.all(named)
      const taken = await turns(() => takeTombstones(file, slots, all))
      tidying.touch()
      return taken
    },
  }
}
