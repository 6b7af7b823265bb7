import { concatBytes } from "@govah/core/bytes"
import { wholeFeed } from "../routes/feed.ts"
import type { RelayStore } from "../store/port.ts"

/** Numbers of one desk that a carrier takes along: each holds its own replies. */
const FEEDS_PER_DESK = 8

/** Every cell of the store, sorted by id, a few at a time: a relay may go on serving meanwhile. */
export async function* cellsById(store: RelayStore): AsyncGenerator<Uint8Array, void, void> {
  let after: Uint8Array | null = null
  for (;;) {
    const names = await store.names(after, CELLS_AT_A_TIME)
    const last = names.at(-1)
    if (last === undefined) return
    const ids = names.flatMap((name) => (name.isForgotten ? [] : [name.id]))
    // One that was forgotten or has expired in between is simply not there.
    for (const cell of await store.read(ids)) if (cell !== null) yield cell.body
    after = last.id
  }
}

const CELLS_AT_A_TIME = 64

/** The newest numbers of every admitted desk, each whole in one file. */
export async function newestFeedFiles(store: RelayStore): Promise<readonly Uint8Array[]> {
  const files: Uint8Array[] = []
  for (const { deskKey, number } of await store.feeds.numbers(store.today(), FEEDS_PER_DESK)) {
    files.push(concatBytes(...(await Array.fromAsync(wholeFeed(store, deskKey, number)))))
  }
  return files
}
