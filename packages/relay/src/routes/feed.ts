import { fromHex } from "@govah/core/bytes"
import { listedParts, openFeedHead, writeWholeFeed } from "@govah/core/feed"
import { parseDeskKey } from "../admission/admission.ts"
import type { RelayStore } from "../store/port.ts"
import { RefusalError } from "./errors.ts"
import type { Room, RouteContext } from "./room.ts"

// All of these are static: the same bytes for everybody who asks, with nothing in the request about who does.

/** `GET /feed/<desk key>/head`: the newest head. */
export async function getFeedHead(context: RouteContext, room: Room): Promise<Response> {
  const head = await room.store.feeds.head(parseFeedPath(context).deskKey, null)
  return answer(head, HEAD_TYPE, "public, max-age=60")
}

/** `GET /feed/<desk key>/<number>`: the head of one number, for ever. */
export async function getFeedNumber(context: RouteContext, room: Room): Promise<Response> {
  const { deskKey, number } = parseFeedPath(context)
  return answer(await room.store.feeds.head(deskKey, number), HEAD_TYPE, FOR_EVER)
}

/** `GET /feed/<desk key>/part/<sha256>`: a part that a number lists, for ever. */
export async function getFeedPart(context: RouteContext, room: Room): Promise<Response> {
  const { deskKey } = parseFeedPath(context)
  const part = await room.store.feeds.part(deskKey, parseHash(context))
  return answer(part, "application/octet-stream", FOR_EVER)
}

/** `GET /feed/<desk key>/<number>/whole`: a number with all its parts in one file, to take along. */
export async function getWholeFeed(context: RouteContext, room: Room): Promise<Response> {
  const { deskKey, number } = parseFeedPath(context)
  const headBytes = await room.store.feeds.head(deskKey, number)
  if (headBytes === null) throw new RefusalError("not-found")
  const head = await openFeedHead(new Uint8Array(headBytes), room.store.deps.primitives)
  const length = listedParts(head).reduce((sum, { bytes }) => sum + bytes, headBytes.length)
  const headers = {
    "Content-Type": "application/octet-stream",
    "Content-Length": String(length),
    "Cache-Control": FOR_EVER,
  }
  return new Response(ReadableStream.from(wholeFeed(room.store, deskKey, number)), { headers })
}

/** `GET /card/<sha256>`: the card that is the intake notice of a desk's kept numbers, for whoever has its hash alone. */
export async function getCard(context: RouteContext, room: Room): Promise<Response> {
  const card = await room.store.feeds.card(parseHash(context), room.store.today())
  return answer(card, "text/plain; charset=utf-8", FOR_EVER)
}

/** A number of a feed in one file, piece by piece; nothing where it is not here. */
export async function* wholeFeed(
  store: RelayStore,
  deskKey: Uint8Array,
  number: number,
): AsyncGenerator<Uint8Array, void, void> {
  const headBytes = await store.feeds.head(deskKey, number)
  if (headBytes === null) return
  const head = await openFeedHead(new Uint8Array(headBytes), store.deps.primitives)
  yield* writeWholeFeed(head, headBytes, async ({ sha256 }) => {
    const part = await store.feeds.part(deskKey, fromHex(sha256) as Uint8Array)
    if (part === null) throw new RefusalError("not-found")
    return part
  })
}

/** Desk key and number of a feed's address. @throws RefusalError `not-found`. */
export function parseFeedPath(context: RouteContext): { deskKey: Uint8Array; number: number } {
  const deskKey = parseDeskKey(context.req.param("desk") ?? "")
  const number = context.req.param("number") ?? "1"
  if (deskKey === null || !/^[1-9]\d{0,9}$/.test(number)) throw new RefusalError("not-found")
  return { deskKey, number: Number(number) }
}

const HEAD_TYPE = "text/plain; charset=utf-8"
const FOR_EVER = "public, max-age=31536000, immutable"

function parseHash(context: RouteContext): Uint8Array {
  const hash = fromHex(context.req.param("hash") ?? "")
  if (hash?.length !== 32) throw new RefusalError("not-found")
  return hash
}

function answer(bytes: Uint8Array | null, type: string, caching: string): Response {
  if (bytes === null) throw new RefusalError("not-found")
  return new Response(new Uint8Array(bytes), { headers: { "Content-Type": type, "Cache-Control": caching } })
}
