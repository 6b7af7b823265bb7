import type { Road, RoadAnswer, RoadHeaders } from "./road.ts"
import { RoadError } from "./road-error.ts"

/** Two minutes for one request: 64 cells at 70 kbit/s. The sender asks for less at a time where that is too slow. */
const DEADLINE_MS = 120_000

/** One request, as the platform's `fetch` takes it. */
export type Asking = (
  url: string,
  wish: {
    readonly method: "GET" | "POST"
    readonly headers: Readonly<Record<string, string>>
    readonly body?: Uint8Array<ArrayBuffer>
    readonly signal: AbortSignal
  },
) => Promise<Response>

/**
 * The road over the platform's `fetch`: a browser's or Node's, on the connection that the system gives it. It names an
 * onion address to nobody, unless the page itself came from one and the browser is therefore Tor's.
 */
export const fetchRoad: Road = fetchRoadUntil(() => null)

/** The same, where posts are cut as soon as somebody wants no more sent. @param stopOf - asked for each post. */
export function fetchRoadUntil(stopOf: () => AbortSignal | null): Road {
  return roadOver(async (url, wish) => {
    if (isOnion(new URL(url).hostname) && !isOnion(ownHost())) {
      throw new RoadError("closed", "an onion address is named to Tor alone, and this is not Tor")
    }
    return await fetch(url, {
      ...wish,
      signal: wish.method === "POST" ? eitherOf(wish.signal, stopOf()) : wish.signal,
      // A redirection would be another road, and a sender must not be led away.
      redirect: "error",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
    })
  })
}

// By hand: browsers of two years ago do not have AbortSignal.any.
function eitherOf(deadline: AbortSignal, stop: AbortSignal | null): AbortSignal {
  if (stop === null) return deadline
  const both = new AbortController()
  for (const signal of [deadline, stop]) {
    if (signal.aborted) both.abort(signal.reason)
    else
      signal.addEventListener("abort", () => both.abort(signal.reason), { once: true, signal: both.signal })
  }
  return both.signal
}

/**
 * A road over anything that asks as `fetch` does. What it throws becomes `unreachable`, but for RoadErrors of its own.
 *
 * @param deadlineMs - milliseconds for one request with its answer.
 */
export function roadOver(ask: Asking, deadlineMs: number = DEADLINE_MS): Road {
  async function once(
    url: string,
    maxBytes: number,
    body: Uint8Array | null,
    headers: RoadHeaders = {},
  ): Promise<RoadAnswer> {
    try {
      const wish =
        body === null
          ? { method: "GET" as const, headers: {} }
          : {
              method: "POST" as const,
              // A copy: what is sent must not lie in memory that others can change.
              body: new Uint8Array(body),
              headers: { ...headers, "Content-Type": "application/octet-stream" },
            }
      const response = await ask(url, { ...wish, signal: AbortSignal.timeout(deadlineMs) })
      return { status: response.status, body: await readUpTo(response, maxBytes) }
    } catch (cause) {
      if (cause instanceof RoadError) throw cause
      if (cause instanceof Error && cause.name === "TimeoutError") {
        throw new RoadError("too-slow", `no answer in ${deadlineMs / 60_000} minutes`, { cause })
      }
      throw new RoadError("unreachable", "nobody answers at the relay's address", { cause })
    }
  }

  // Once more on the same road: a connection kept open from before may have died unseen. Repeating a request is harmless.
  async function twice(url: string, maxBytes: number): Promise<RoadAnswer> {
    try {
      return await once(url, maxBytes, null)
    } catch (error) {
      if (!(error instanceof RoadError) || error.code !== "unreachable") throw error
      return await once(url, maxBytes, null)
    }
  }

  return {
    // Whoever posts repeats, and at its own pace: here a repetition would look like a slow line.
    post: (url, body, maxBytes, headers) => once(url, maxBytes, body, headers),
    get: twice,
  }
}

function isOnion(host: string): boolean {
  return host.endsWith(".onion")
}

/** Where the page came from; nothing where there is no page. */
function ownHost(): string {
  const { location } = globalThis as { readonly location?: { readonly hostname?: string } }
  return location?.hostname ?? ""
}

async function readUpTo(response: Response, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  const reader = response.body?.getReader()
  for (;;) {
    const next = await reader?.read()
    if (next === undefined || next.done) break
    length += next.value.length
    if (length > maxBytes) {
      await reader?.cancel()
      throw new RoadError("bad-answer", `the answer is longer than ${maxBytes} bytes`)
    }
    pieces.push(next.value)
  }
  const body = new Uint8Array(length)
  let offset = 0
  for (const piece of pieces) {
    body.set(piece, offset)
    offset += piece.length
  }
  return body
}
