import { Agent, request } from "node:http"
import { performance } from "node:perf_hooks"
import { nodePrimitives } from "@govah/node"
import { onTestFinished } from "vitest"
import type { Relay } from "../../relay.ts"
import type { Post, RelayStore } from "../../store/port.ts"
import { ownCells, startRelay } from "../test-relay.ts"
import { seededRandom } from "./random.ts"

/** What a posted cell is to the relay. */
export type Kind = "new" | "known" | "forgotten"

/** What one post was answered after. */
export interface Answered {
  readonly milliseconds: number
  readonly commits: number
}

const HOUR_MS = 3_600_000

/**
 * Posts so many new, known and forgotten cells, one a request and one after another, in random order, as somebody would
 * who wants to learn which is which. Half of the known ones lie in a closed window, half in the open one.
 *
 * @param change - makes another relay of it, for a control.
 */
export async function timeAnswers(
  count: number,
  seed: string,
  change: (relay: Relay) => void = () => undefined,
): Promise<Record<Kind, Answered[]>> {
  let elapsedMs = 0
  const start = Date.now()
  const relay = await startRelay(
    { workBits: 0 },
    { now: () => new Date(start), monotoneMs: () => elapsedMs, primitives: nodePrimitives },
  )
  const cells: Record<Kind, ReturnType<typeof ownCells>> = {
    new: ownCells(`${seed} new`, count),
    known: ownCells(`${seed} known`, count),
    forgotten: ownCells(`${seed} forgotten`, count),
  }
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  const post = async (body: Uint8Array): Promise<number> => await timePost(relay.port, body, agent)
  const postAll = async (some: readonly Uint8Array[]): Promise<void> => {
    for (let i = 0; i < some.length; i += 64) await post(Buffer.concat(some.slice(i, i + 64)))
  }
  const half = Math.floor(count / 2)
  await postAll([...cells.known.cells.slice(0, half), ...cells.forgotten.cells])
  await relay.store.forget(cells.forgotten.tokens)
  elapsedMs += 2 * HOUR_MS
  await postAll(cells.known.cells.slice(half))
  await relay.store.tidy()
  change(relay)

  const answered: Record<Kind, Answered[]> = { new: [], known: [], forgotten: [] }
  const kinds: readonly Kind[] = ["new", "known", "forgotten"]
  const order = kinds.flatMap((kind) => cells[kind].cells.map((cell) => ({ kind, cell })))
  for (const { kind, cell } of seededRandom(seed).shuffle(order)) {
    const before = relay.store.commits
    const milliseconds = await post(cell)
    answered[kind].push({ milliseconds, commits: relay.store.commits - before })
  }
  return answered
}

/** A relay that answers at once where everything is known: what a store does that is written without malice. */
export function skipKnown({ store }: Relay): void {
  const put = store.put.bind(store)
  const quick: RelayStore["put"] = async (post: Post) => {
    const kept = await store.read(post.cells.map(({ id }) => id))
    if (kept.every((cell) => cell !== null)) return { stored: 0, known: post.cells.length }
    return await put(post)
  }
  Object.assign(store, { put: quick })
}

function timePost(port: number, body: Uint8Array, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/octet-stream", "Content-Length": body.length }
    const start = performance.now()
    const sent = request(
      { port, host: "127.0.0.1", path: "/cells", method: "POST", agent, headers },
      (answer) => {
        answer.resume()
        answer.on("end", () => {
          if (answer.statusCode === 200) resolve(performance.now() - start)
          else reject(new Error(`the relay answered ${answer.statusCode}`))
        })
      },
    )
    sent.on("error", reject)
    sent.end(body)
  })
}
