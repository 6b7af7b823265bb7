import type { IncomingMessage } from "node:http"
import { fromBase64Url, fromHex } from "@govah/core/bytes"
import {
  FeedError,
  type FeedHead,
  listedParts,
  MAX_HEAD_BYTES,
  MAX_PART_BYTES,
  readWholeFeed,
} from "@govah/core/feed"
import { RelayError } from "../relay-error.ts"
import type { FeedPart, VerifiedHead } from "../store/port.ts"
import { parseFeedPath } from "./feed.ts"
import { RefusalError } from "./errors.ts"
import type { Room, RouteContext } from "./room.ts"

/** Parts are committed so many bytes at a time: what one request holds in memory, beside a part that is being read. */
const COMMIT_BYTES = MAX_PART_BYTES

/**
 * `PUT /feed/<desk key>/<number>`: the next number of an admitted desk's feed, head and parts in one body. Putting the
 * same again is harmless. The signature under the desk's key is all the authority it needs, and is checked before any
 * part is read; nothing is served before all of it is durable.
 *
 * @throws RefusalError `not-found` for a desk that is not admitted; `malformed` (no feed, or not this desk's or this
 *   number), `truncated`, `bad-part`, `bad-signature`, `unknown-version`, `too-long`, `split`, `rollback`.
 */
export async function putFeed(context: RouteContext, room: Room): Promise<Response> {
  const { store } = room
  const { deskKey, number } = parseFeedPath(context)
  if (!(await store.admissions.isDesk(deskKey, store.today()))) throw new RefusalError("not-found")
  const heldBytes = MAX_HEAD_BYTES + 2 * COMMIT_BYTES
  room.held.hold(heldBytes)
  const body = timedBody(context.env.incoming, room.bodyMs)
  try {
    let head: VerifiedHead | null = null
    let isWanted = false
    let waiting: FeedPart[] = []
    const commit = async (): Promise<void> => {
      if (waiting.length > 0) await store.feeds.putParts(waiting)
      waiting = []
    }
    for await (const piece of readWholeFeed(body.chunks, store.deps.primitives)) {
      if (piece.kind === "head") {
        if (piece.head.desk !== context.req.param("desk") || piece.head.number !== number) {
          throw new RefusalError("malformed")
        }
        head = await verified(piece.head, piece.bytes, room)
        isWanted = (await store.feeds.outcome(head)) === "kept"
        body.allow(listedParts(piece.head).reduce((sum, { bytes }) => sum + bytes, 0))
      } else if (isWanted) {
        // What is not wanted is read all the same: whoever is cut off in mid-sentence does not hear why.
        waiting.push({ hash: fromHex(piece.part.sha256) as Uint8Array, bytes: piece.bytes })
        const bytes = waiting.reduce((sum, part) => sum + part.bytes.length, 0)
        if (bytes >= COMMIT_BYTES) await commit()
      }
    }
    await commit()
    const outcome = await store.feeds.put(head as VerifiedHead)
    if (outcome !== "kept") throw new RefusalError(outcome)
    return new Response(null, { status: 204 })
  } catch (error) {
    if (error instanceof FeedError) throw new RefusalError(error.code, { cause: error })
    if (error instanceof RelayError && error.code === "missing-part")
      throw new RefusalError("busy", { cause: error })
    throw error
  } finally {
    body.stop()
    room.held.release(heldBytes)
  }
}

/** A head as a store takes it. @param bytes - whose signature was verified. */
export async function verified(
  head: FeedHead,
  bytes: Uint8Array,
  { store }: Pick<Room, "store">,
): Promise<VerifiedHead> {
  const parts = listedParts(head).map(({ sha256 }) => fromHex(sha256) as Uint8Array)
  return {
    deskKey: fromBase64Url(head.desk) as Uint8Array,
    number: head.number,
    previous: head.previous,
    hash: await store.deps.primitives.sha256(bytes),
    bytes,
    card: parts[0] as Uint8Array,
    parts,
  }
}

interface TimedBody {
  readonly chunks: AsyncIterable<Uint8Array>
  /** Gives more time, for a body of so many bytes more. */
  allow(bytes: number): void
  stop(): void
}

/** A body that must come in time. Leaving it early leaves the connection open for the answer. */
function timedBody(incoming: IncomingMessage, withinMs: number): TimedBody {
  let timer: NodeJS.Timeout | undefined
  let fail: (error: RefusalError) => void = () => undefined
  const late = new Promise<never>((_, reject) => {
    fail = reject
  })
  // Whoever is done before does not wait for it.
  late.catch(() => undefined)
  const within = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => fail(new RefusalError("too-slow")), ms)
  }
  within(withinMs)
  async function* chunks(): AsyncGenerator<Uint8Array, void, void> {
    const iterator = incoming.iterator({ destroyOnReturn: false })
    try {
      for (;;) {
        const next = (await Promise.race([iterator.next(), late])) as IteratorResult<Uint8Array, undefined>
        if (next.done === true) return
        yield next.value
      }
    } catch (error) {
      if (error instanceof RefusalError) throw error
      // The connection was cut; nobody hears the answer.
      throw new RefusalError("malformed", { cause: error })
    }
  }
  return {
    chunks: chunks(),
    allow: (bytes) => within(withinMs * (1 + Math.ceil(bytes / MAX_PART_BYTES))),
    stop: () => {
      clearTimeout(timer)
      incoming.on("error", () => undefined)
      incoming.pause()
    },
  }
}
