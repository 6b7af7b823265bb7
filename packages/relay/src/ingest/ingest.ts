import { GROUP_CELLS, GROUP_WAIT_MS } from "../limits.ts"
import { RelayError } from "../relay-error.ts"
import { type NamedCell, putCells } from "../store/cells.ts"
import type { Store } from "../store/store.ts"

/**
 * The one way into the store while the relay runs: posts that come together are committed together, because the disk
 * takes as long for one cell as for many.
 *
 * How much may wait here is bounded by whoever holds the bytes (`routes/held-bytes.ts`).
 */
export interface Ingest {
  /** Stores cells; durable when it resolves. @throws RelayError `full`: none of these cells is kept. */
  put(cells: readonly NamedCell[]): Promise<void>
  /** Commits what waits, now. */
  flush(): void
}

interface Waiting {
  readonly cells: readonly NamedCell[]
  resolve(): void
  reject(error: unknown): void
}

/** Makes the queue before a store. It keeps no timer that would hold the process open. */
export function createIngest(store: Store): Ingest {
  let waiting: Waiting[] = []
  let cellsWaiting = 0
  let groupTimer: NodeJS.Timeout | null = null
  let quietTimer: NodeJS.Timeout | null = null

  function put(cells: readonly NamedCell[]): Promise<void> {
    return new Promise((resolve, reject) => {
      waiting.push({ cells, resolve, reject })
      cellsWaiting += cells.length
      if (cellsWaiting >= GROUP_CELLS) flush()
      else groupTimer ??= setTimeout(flush, GROUP_WAIT_MS)
    })
  }

  function flush(): void {
    if (groupTimer !== null) clearTimeout(groupTimer)
    groupTimer = null
    const group = waiting
    waiting = []
    cellsWaiting = 0
    if (group.length === 0) return
    commit(store, group)
    if (quietTimer !== null) clearTimeout(quietTimer)
    quietTimer = setTimeout(() => store.db.isOpen && store.forgetOrder(), QUIET_MS).unref()
  }

  return { put, flush }
}

// After this long without a post, the write-ahead log is emptied: it would remember the order of arrival.
const QUIET_MS = 1_000

function commit(store: Store, group: readonly Waiting[]): void {
  try {
    putCells(
      store,
      group.flatMap((post) => post.cells),
    )
    for (const post of group) post.resolve()
  } catch (error) {
    // A post that still fits must not be refused for its neighbour's size.
    const isFull = error instanceof RelayError && error.code === "full"
    if (isFull && group.length > 1) for (const post of group) commit(store, [post])
    else for (const post of group) post.reject(error)
  }
}
