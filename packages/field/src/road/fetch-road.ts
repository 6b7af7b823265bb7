import type { Road, RoadAnswer } from "./road.ts"
import { RoadError } from "./road-error.ts"

/** Two minutes for one request: 64 cells at 70 kbit/s. The sender asks for less at a time where that is too slow. */
const DEADLINE_MS = 120_000

/** The road over the platform's `fetch`: a browser's or Node's, on the connection that the system gives it. */
export const fetchRoad: Road = {
  post: (url, body, maxBytes) =>
    request(url, maxBytes, {
      method: "POST",
      // A copy: what is sent must not lie in memory that others can change.
      body: new Uint8Array(body),
      headers: { "Content-Type": "application/octet-stream" },
    }),
  get: (url, maxBytes) => request(url, maxBytes, { method: "GET" }),
}

// Once more on the same road: a connection kept open from before may have died unseen. Repeating a request is harmless.
async function request(url: string, maxBytes: number, wish: RequestInit): Promise<RoadAnswer> {
  try {
    return await requestOnce(url, maxBytes, wish)
  } catch (error) {
    if (!(error instanceof RoadError) || error.code !== "unreachable") throw error
    return await requestOnce(url, maxBytes, wish)
  }
}

async function requestOnce(url: string, maxBytes: number, wish: RequestInit): Promise<RoadAnswer> {
  try {
    const response = await fetch(url, {
      ...wish,
      // A redirection would be another road, and a sender must not be led away.
      redirect: "error",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: AbortSignal.timeout(DEADLINE_MS),
    })
    return { status: response.status, body: await readUpTo(response, maxBytes) }
  } catch (cause) {
    if (cause instanceof RoadError) throw cause
    if (cause instanceof Error && cause.name === "TimeoutError") {
      throw new RoadError("too-slow", "no answer in two minutes", { cause })
    }
    throw new RoadError("unreachable", "nobody answers at the relay's address", { cause })
  }
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
