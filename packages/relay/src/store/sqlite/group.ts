import { GROUP_CELLS, GROUP_WAIT_MS } from "../../limits.ts"
import { RelayError } from "../../relay-error.ts"
import type { Post, PutResult } from "../port.ts"

/**
 * The one way for cells into the file: posts that come together are committed together, because the disk takes as long
 * for one cell as for many.
 *
 * How much may wait here is bounded by whoever holds the bytes (`routes/held-bytes.ts`).
 */
export interface Group {
  /** Stores a post; durable when it resolves. @throws RelayError `full`, `token-spent`: none of these cells is kept. */
  put(post: Post): Promise<PutResult>
  /** Commits what waits, now. */
  flush(): void
}

/** What became of one post of a group: a refusal of one is no refusal of the others. */
export type PostOutcome = PutResult | RelayError

interface Waiting {
  readonly post: Post
  resolve(result: PutResult): void
  reject(error: unknown): void
}

/**
 * Makes the queue before a file. It keeps no timer that would hold the process open.
 *
 * @param commit - stores posts in one transaction. Where it throws, nothing of any of them is kept.
 */
export function groupPosts(commit: (posts: readonly Post[]) => readonly PostOutcome[]): Group {
  let waiting: Waiting[] = []
  let cellsWaiting = 0
  let timer: NodeJS.Timeout | null = null

  function put(post: Post): Promise<PutResult> {
    return new Promise((resolve, reject) => {
      waiting.push({ post, resolve, reject })
      cellsWaiting += post.cells.length
      if (cellsWaiting >= GROUP_CELLS) flush()
      else timer ??= setTimeout(flush, GROUP_WAIT_MS)
    })
  }

  function flush(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const group = waiting
    waiting = []
    cellsWaiting = 0
    if (group.length > 0) commitGroup(commit, group)
  }

  return { put, flush }
}

function commitGroup(
  commit: (posts: readonly Post[]) => readonly PostOutcome[],
  group: readonly Waiting[],
): void {
  try {
    const outcomes = commit(group.map(({ post }) => post))
    group.forEach((one, i) => {
      const outcome = outcomes[i] as PostOutcome
      if (outcome instanceof RelayError) one.reject(outcome)
      else one.resolve(outcome)
    })
  } catch (error) {
    // A post that still fits must not be refused for its neighbour's size.
    const isFull = error instanceof RelayError && error.code === "full"
    if (isFull && group.length > 1) for (const one of group) commitGroup(commit, [one])
    else for (const one of group) one.reject(error)
  }
}
