import { RelayError } from "../../relay-error.ts"
import type { Post, RelayDeps, RelayStore } from "../port.ts"
import { sqliteAdmissions } from "./admissions.ts"
import { backUp } from "./backup.ts"
import { readCapacity } from "./capacity.ts"
import { putCells } from "./cells.ts"
import { expire } from "./expire.ts"
import { sqliteFeeds } from "./feeds.ts"
import { fsck } from "./fsck.ts"
import { groupPosts, type PostOutcome } from "./group.ts"
import { readPage } from "./listing.ts"
import { countCells, readCells, readNames } from "./names.ts"
import { sqliteSettings } from "./settings.ts"
import { openFile, type SqliteFile, type StoreOptions } from "./sqlite-file.ts"
import { forgetCells, type NamedToken, readTombstones, takeTombstones } from "./tombstones.ts"

/**
 * Opens or makes a relay's store: one SQLite file and, while it is open, its two companions.
 *
 * @param path - made readable to its owner alone.
 * @throws RelayError `not-a-relay`, `newer-store`. A folder that is not there, or not writable, passes through.
 */
export function openStore(path: string, deps: RelayDeps, options: StoreOptions = {}): RelayStore {
  const file = openFile(path, deps, options)
  const group = groupPosts((posts) => commitPosts(file, posts))
  let quietTimer: NodeJS.Timeout | null = null
  // The write-ahead log remembers the order of arrival: emptied once nothing comes.
  const quieten = (): void => {
    if (quietTimer !== null) clearTimeout(quietTimer)
    quietTimer = setTimeout(() => file.db.isOpen && file.forgetOrder(), QUIET_MS).unref()
  }
  return {
    deps,
    today: () => file.today(),
    get commits() {
      return file.commits
    },
    put: async (post) => {
      quieten()
      return await group.put(post)
    },
    page: async (after, limit) => readPage(file, after, limit),
    names: async (after, limit) => readNames(file, after, limit),
    read: async (ids) => readCells(file, ids),
    count: async () => countCells(file),
    forget: async (tokens) => {
      forgetCells(file, await Promise.all(tokens.map((token) => nameToken(deps, token))))
      quieten()
    },
    tombstones: async (ids) => readTombstones(file, ids),
    putTombstones: async (tombstones) => {
      const named = tombstones.map(async (one) => ({ ...one, ...(await nameToken(deps, one.token)) }))
      return takeTombstones(file, await Promise.all(named))
    },
    admissions: sqliteAdmissions(file),
    feeds: sqliteFeeds(file),
    settings: sqliteSettings(file),
    capacity: async () => readCapacity(file),
    expire: async () => await expire(file),
    fsck: async () => await fsck(file),
    backup: async (to) => backUp(file, to),
    flush: async () => group.flush(),
    close: async () => {
      if (!file.db.isOpen) return
      group.flush()
      file.close()
    },
  }
}

// After this long without a post, the write-ahead log is emptied.
const QUIET_MS = 1_000

/** The part of the capacity that the open lane leaves free. */
const RESERVED_SHARE = 0.25

function commitPosts(file: SqliteFile, posts: readonly Post[]): PostOutcome[] {
  return file.transact(() => posts.map((post) => putPost(file, post)))
}

function putPost(file: SqliteFile, { cells, lane, spends }: Post): PostOutcome {
  if (lane === "open") {
    const { freeBytes, totalBytes } = readCapacity(file)
    if (freeBytes < totalBytes * RESERVED_SHARE)
      return new RelayError(
        "full",
        "the open share of the store is full; what was acknowledged before is safe",
      )
  }
  if (spends !== undefined) {
    const spend = file.prepare("INSERT OR IGNORE INTO spent_token (hash, until_day) VALUES (?, ?)")
    if (spend.run(spends.hash, spends.untilDay).changes === 0)
      return new RelayError("token-spent", "this token has been spent; nothing of the post is kept")
  }
  return putCells(file, cells)
}

async function nameToken({ primitives }: RelayDeps, token: Uint8Array): Promise<NamedToken> {
  return { token, commitment: await primitives.sha256(token) }
}
