import type { RelayDeps, RelayStore } from "../port.ts"
import { sqliteAdmissions } from "./admissions.ts"
import { backUp } from "./backup.ts"
import { commitPosts, readCapacity } from "./cells.ts"
import { expire } from "./expire.ts"
import { sqliteFeeds } from "./feeds.ts"
import { fsck } from "./fsck.ts"
import { groupPosts } from "./group.ts"
import { readPage } from "./listing.ts"
import { countCells, readCells, readNames } from "./names.ts"
import { sqliteSettings } from "./settings.ts"
import { Slots } from "./slots.ts"
import { openFile, type SqliteFile, type StoreOptions } from "./sqlite-file.ts"
import { startTidying, type Tidying } from "./tidying.ts"
import { forgetSome, type NamedToken, readTombstones, takeTombstones } from "./tombstones.ts"

/**
 * Opens or makes a relay's store: one SQLite file and, while it is open, its two companions.
 *
 * @param path - made readable to its owner alone.
 * @throws RelayError `not-a-relay`, `newer-store`. A folder that is not there, or not writable, passes through.
 */
export function openStore(path: string, deps: RelayDeps, options: StoreOptions = {}): RelayStore {
  const file = openFile(path, deps, options)
  const slots = new Slots(file)
  const tidying = startTidying(file, slots)
  const group = groupPosts((posts) => {
    const outcomes = commitPosts(file, slots, posts)
    tidying.touch()
    return outcomes
  })
  return {
    deps,
    today: () => file.today(),
    get commits() {
      return file.commits
    },
    put: async (post) => await group.put(post),
    page: async (after, limit) => slots.read(() => readPage(file, slots, after, limit)),
    names: async (after, limit) => slots.read(() => readNames(file, slots, after, limit)),
    read: async (ids) => slots.read(() => readCells(file, slots, ids)),
    count: async () => slots.read(() => countCells(file, slots)),
    ...tombstonesOf(file, slots, tidying),
    admissions: sqliteAdmissions(file),
    feeds: sqliteFeeds(file),
    settings: sqliteSettings(file),
    capacity: async () => slots.read(() => readCapacity(file, slots)),
    expire: async () => {
      const deleted = await expire(file, slots)
      await tidying.tidy()
      return deleted
    },
    fsck: async () => await fsck(file),
    backup: async (to) => backUp(file, to),
    tidy: async () => await tidying.tidy(),
    flush: async () => group.flush(),
    close: async () => {
      if (!file.db.isOpen) return
      group.flush()
      tidying.stop()
      file.close()
    },
  }
}

function tombstonesOf(
  file: SqliteFile,
  slots: Slots,
  tidying: Tidying,
): Pick<RelayStore, "forget" | "tombstones" | "putTombstones"> {
  const name = async (token: Uint8Array): Promise<NamedToken> => ({
    token,
    commitment: await file.deps.primitives.sha256(token),
  })
  return {
    forget: async (tokens) => {
      const named = await Promise.all(tokens.map(name))
      while (forgetSome(file, slots, named)) await new Promise((resolve) => setImmediate(resolve))
      tidying.touch()
    },
    tombstones: async (ids) => readTombstones(file, ids),
    putTombstones: async (tombstones) => {
      const named = tombstones.map(async (one) => ({ ...one, ...(await name(one.token)) }))
      const taken = takeTombstones(file, slots, await Promise.all(named))
      tidying.touch()
      return taken
    },
  }
}
