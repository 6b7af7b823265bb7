import type { IncomingMessage } from "node:http"
import { RefusalError } from "./errors.ts"
import type { HeldBytes } from "./held-bytes.ts"

/** Bounds on one request body. */
export interface BodyLimits {
  readonly maxBytes: number
  /** Milliseconds for the whole body, however it drips. */
  readonly withinMs: number
  readonly held: HeldBytes
}

/**
 * Reads a request body and does `work` with it; its bytes count as held until `work` is done.
 *
 * Read from Node's own stream: a web stream costs a copy and a microtask a chunk, and nothing here needs one.
 *
 * @throws RefusalError `too-long`, `too-slow`, `busy`, `malformed` (the connection was cut; nobody hears the answer).
 */
export async function withBody<T>(
  incoming: IncomingMessage,
  limits: BodyLimits,
  work: (body: Uint8Array) => Promise<T>,
): Promise<T> {
  let heldBytes = 0
  try {
    return await work(
      await readBody(incoming, limits, (byteLength) => {
        limits.held.hold(byteLength)
        heldBytes += byteLength
      }),
    )
  } finally {
    limits.held.release(heldBytes)
  }
}

function readBody(
  incoming: IncomingMessage,
  { maxBytes, withinMs }: BodyLimits,
  hold: (byteLength: number) => void,
): Promise<Uint8Array> {
  if (Number(incoming.headers["content-length"] ?? 0) > maxBytes) throw new RefusalError("too-long")
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const timer = setTimeout(() => stop(new RefusalError("too-slow")), withinMs)

    // Pauses instead of destroying: the answer still has to go out on this connection.
    function stop(error: RefusalError | null): void {
      clearTimeout(timer)
      incoming.off("data", take).off("end", finish).off("close", cut).off("error", cut)
      incoming.on("error", () => undefined)
      if (error === null) resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length))
      else {
        incoming.pause()
        reject(error)
      }
    }
    function take(chunk: Buffer): void {
      length += chunk.length
      if (length > maxBytes) return stop(new RefusalError("too-long"))
      try {
        hold(chunk.length)
      } catch (error) {
        return stop(error as RefusalError)
      }
      chunks.push(chunk)
    }
    function finish(): void {
      stop(null)
    }
    function cut(): void {
      stop(new RefusalError("malformed"))
    }
    incoming.on("data", take).on("end", finish).on("close", cut).on("error", cut)
  })
}
