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
  /** Commits what waits, now; resolves when nothing waits any more. */
  flush(): Promise<void>
}

/** What became of one post of a group: a refusal of one is no refusal of the others. */
export type PostOutcome = PutResult | RelayError

interface Waiting {
  readonly post: Post
  resolve(result: PutResult): void
  reject(error: unknown): void
}

/** Stores posts in one transaction. Where it throws, nothing of any of them is kept. */
export type CommitPosts = (posts: readonly Post[]) => Promise<readonly PostOutcome[]>

/**
 * Makes the queue before a store. While one group is on its way to the disk the next one gathers, and follows at once; the
 * first after a pause waits a moment for others.
 */
export function groupPosts(commit: CommitPosts): Group {
  const waiting: Waiting[] = []
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null

  function put(post: Post): Promise<PutResult> {
    return new Promise((resolve, reject) => {
      waiting.push({ post, resolve, reject })
      if (countCells(waiting) >= GROUP_CELLS) start()
      else timer ??= setTimeout(start, GROUP_WAIT_MS)
    })
  }

  function start(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (running === null && waiting.length > 0) running = commitAll()
  }

  async function commitAll(): Promise<void> {
    while (waiting.length > 0) await commitGroup(commit, takeSome())
    // In the same instant: who comes after it must find that nobody is running.
    running = null
  }

  // As many as belong into one transaction: at least one, however large.
  function takeSome(): Waiting[] {
    let cells = 0
    const beyond = waiting.findIndex(({ post }) => (cells += post.cells.length) > GROUP_CELLS)
    return waiting.splice(0, beyond < 0 ? waiting.length : Math.max(1, beyond))
  }

  return {
    put,
    async flush() {
      start()
      await running
    },
  }
}

function countCells(waiting: readonly Waiting[]): number {
  return waiting.reduce((sum, { post }) => sum + post.cells.length, 0)
}

async function commitGroup(commit: CommitPosts, group: readonly Waiting[]): Promise<void> {
  try {
    const outcomes = await commit(group.map(({ post }) => post))
    group.forEach((one, i) => {
      const outcome = outcomes[i] as PostOutcome
      if (outcome instanceof RelayError) one.reject(outcome)
      else one.resolve(outcome)
    })
  } catch (error) {
    // A post that still fits must not be refused for its neighbour's size.
    const isFull = error instanceof RelayError && error.code === "full"
    if (isFull && group.length > 1) for (const one of group) await commitGroup(commit, [one])
    else for (const one of group) one.reject(error)
  }
}
