import { CELL_BYTES } from "@govah/core/cell"
import { acceptFeedHead, FeedError, type KnownFeed, MAX_HEAD_BYTES } from "@govah/core/feed"
import type { Primitives } from "@govah/core/primitives"
import { SocksError, socksFetch, type SocksProxy } from "@govah/node"
import { DeskError } from "../desk-error.ts"
import type { DeskWays, RelayAccess } from "../desk.ts"

/** Most cells of one page. */
const PAGE_CELLS = 256
// A page of 4 MiB at 300 kbit/s; through a proxy, at 100 kbit/s and after a minute for a new circuit.
const PAGE_MS = 120_000
const SOCKS_PAGE_MS = 400_000

/** Who asks: by which ways, and until when. */
export interface Asking {
  readonly ways: DeskWays | undefined
  readonly signal: AbortSignal | undefined
}

/** One page of a relay's listing, unchecked. */
export interface ListingPage {
  /** Whole cells, one after another. */
  readonly bundle: Uint8Array
  /** Where to go on. */
  readonly next: string
  readonly more: boolean
}

/**
 * Asks a relay for what is new. Everything that it has, for fetching by name would tell it what belongs together.
 *
 * @throws DeskError `road-not-available`, `relay-failed`; what the signal was aborted with.
 */
export async function fetchPage(
  relay: RelayAccess,
  cursor: string | null,
  asking: Asking,
): Promise<ListingPage> {
  const query = new URLSearchParams({ limit: String(PAGE_CELLS) })
  if (cursor !== null) query.set("after", cursor)
  const response = await ask(relay, `/cells?${query}`, { method: "GET" }, asking)
  if (response.status !== 200) throw answered(response)
  const next = response.headers.get("govah-cursor") ?? ""
  if (!/^[\x21-\x7e]{1,200}$/.test(next))
    throw new DeskError("relay-failed", "it gave no place to go on from")
  const bundle = await readBounded(response, PAGE_CELLS * CELL_BYTES, asking.signal)
  // A cut answer must not move the cursor past cells that were not received.
  if (bundle.length % CELL_BYTES !== 0) throw new DeskError("relay-failed", "its answer was cut short")
  return { bundle, next, more: response.headers.get("govah-more") === "yes" }
}

/** Most cells of one range. */
const RANGE_CELLS = 64

/**
 * Asks a relay for all cells whose ids begin with a prefix.
 *
 * @returns whole cells, one after another, unchecked; null where there are too many.
 * @throws DeskError as {@link fetchPage}: also where the relay is not open for this.
 */
export async function fetchRange(
  relay: RelayAccess,
  prefix: string,
  asking: Asking,
): Promise<Uint8Array | null> {
  const body = new TextEncoder().encode(prefix)
  const response = await ask(relay, "/restore", { method: "POST", body }, asking)
  if (response.status === 413) {
    void response.body?.cancel()
    return null
  }
  if (response.status === 404) {
    void response.body?.cancel()
    throw new DeskError("relay-failed", "it is not open for restoring, or the capability is not in force")
  }
  if (response.status !== 200) throw answered(response)
  return await readBounded(response, RANGE_CELLS * CELL_BYTES, asking.signal)
}

/** The newest number of the desk's feed that the relay holds, with the hash of its head; null for none. */
export async function fetchFeedHead(
  relay: RelayAccess,
  deskKey: string,
  asking: Asking,
  primitives: Primitives,
): Promise<KnownFeed | null> {
  const response = await ask(relay, `/feed/${deskKey}/head`, { method: "GET" }, asking)
  if (response.status === 404) return null
  if (response.status !== 200) throw answered(response)
  const bytes = await readBounded(response, MAX_HEAD_BYTES, asking.signal)
  try {
    return (await acceptFeedHead(new Uint8Array(bytes), deskKey, null, primitives)).known
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    throw new DeskError("relay-failed", "its answer is not the head of this desk's feed", { cause: error })
  }
}

/** Gives a relay one number of the feed, whole. */
export async function putFeedFile(
  relay: RelayAccess,
  deskKey: string,
  number: number,
  file: Uint8Array,
  asking: Asking,
): Promise<void> {
  const body = new Uint8Array(file)
  // As a page: 4 MiB in the usual time, and longer files in as many times that.
  const times = Math.ceil(file.length / (PAGE_CELLS * CELL_BYTES))
  const response = await ask(relay, `/feed/${deskKey}/${number}`, { method: "PUT", body }, asking, times)
  if (response.status !== 204) throw answered(response)
  await response.body?.cancel()
}

/** A file that the relay has for everybody: asked for without the capability, so that it cannot be made for this desk. */
export async function fetchForAll(
  relay: RelayAccess,
  path: string,
  maxBytes: number,
  asking: Asking,
): Promise<Uint8Array> {
  const response = await ask(relay, path, { method: "GET", isForAll: true }, asking)
  if (response.status !== 200) throw answered(response)
  return new Uint8Array(await readBounded(response, maxBytes, asking.signal))
}

/** Has blinded messages signed. @returns as many signatures as there are messages. */
export async function postTokens(
  relay: RelayAccess,
  request: Uint8Array,
  maxBytes: number,
  asking: Asking,
): Promise<Uint8Array> {
  const response = await ask(relay, "/tokens", { method: "POST", body: new Uint8Array(request) }, asking)
  if (response.status === 404) {
    void response.body?.cancel()
    throw new DeskError(
      "relay-failed",
      "it signs no more tokens: those of this term are used up, or the capability is not in force",
    )
  }
  if (response.status !== 200) throw answered(response)
  return new Uint8Array(await readBounded(response, maxBytes, asking.signal))
}

async function ask(
  relay: RelayAccess,
  path: string,
  {
    isForAll,
    ...init
  }: {
    readonly method: string
    readonly body?: Uint8Array<ArrayBuffer>
    readonly isForAll?: boolean
  },
  asking: Asking,
  times = 1,
): Promise<Response> {
  const proxy = proxyFor(relay, asking.ways)
  const timeout = AbortSignal.timeout(times * (proxy === null ? PAGE_MS : SOCKS_PAGE_MS))
  const wish = {
    ...init,
    headers: {
      ...(isForAll === true ? {} : { authorization: `Bearer ${relay.capability}` }),
      "content-type": "application/octet-stream",
    },
    signal: asking.signal === undefined ? timeout : AbortSignal.any([asking.signal, timeout]),
  }
  const url = `${relay.url}${path}`
  try {
    if (proxy !== null) return await socksFetch(proxy, url, wish)
    // A redirect would carry the capability to an address that nobody chose.
    return await fetch(url, { ...wish, redirect: "error" })
  } catch (error) {
    throw failure(error, asking.signal)
  }
}

/**
 * The proxy that a relay must be asked through, or null where it is asked directly. Fails closed: an onion relay is never
 * asked by a way that shows who asks, and where everything is to go through the proxy, nothing goes beside it.
 */
function proxyFor({ road }: RelayAccess, ways: DeskWays | undefined): SocksProxy | null {
  const socks = ways?.socks ?? null
  const everything = socks !== null && ways?.socksForAll === true
  if (road === "onion" && socks === null) {
    throw new DeskError(
      "road-not-available",
      "it demands Tor, and no proxy was named; it was not asked at all",
    )
  }
  if (road === "lan" && everything) {
    throw new DeskError("road-not-available", "everything goes through the proxy, and a local address cannot")
  }
  return road === "onion" || everything ? socks : null
}

async function readBounded(
  response: Response,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for await (const piece of response.body ?? []) {
      length += piece.length
      if (length > maxBytes)
        throw new DeskError("relay-failed", `its answer is longer than ${maxBytes} bytes`)
      pieces.push(piece)
    }
  } catch (error) {
    throw failure(error, signal)
  }
  return Buffer.concat(pieces)
}

function answered(response: Response): DeskError {
  void response.body?.cancel()
  const why = response.status === 404 ? ": the capability is not, or no longer, in force" : ""
  return new DeskError("relay-failed", `it answered ${response.status}${why}`)
}

function failure(error: unknown, signal: AbortSignal | undefined): unknown {
  if (error instanceof DeskError) return error
  if (signal?.aborted === true) return signal.reason
  if (error instanceof SocksError) {
    const code = error.code === "proxy-down" ? "road-not-available" : "relay-failed"
    return new DeskError(code, `${error.message}; nothing was asked by another road`, { cause: error })
  }
  const cause = (error as { cause?: { code?: unknown } }).cause?.code
  const name = (error as { name?: string }).name
  const what =
    typeof cause === "string" ? cause : name === "TimeoutError" ? "it did not answer in time" : "no answer"
  return new DeskError("relay-failed", `it cannot be reached (${what})`, { cause: error })
}
