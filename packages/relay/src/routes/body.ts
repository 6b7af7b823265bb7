import type { IncomingMessage } from "node:http"
import { RefusalError } from "./errors.ts"
import type { HeldBytes } from "./held-bytes.ts"

/** Bounds on one request body. */
export interface BodyLimits {
  readonly maxBytes: number
  /** Milliseconds for the whole body, however it drips. */
  readonly withinMs: number
  readonly held: HeldBytes
  /** What to do with the part that came of a body that was cut or came too slowly. Left out: it is dropped. */
  readonly salvage?: (part: Uint8Array) => Promise<void>
}

/** What came of a body, and why no more of it will. */
interface Received {
  readonly body: Uint8Array
  readonly fault: RefusalError | null
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
    const { body, fault } = await readBody(incoming, limits, (byteLength) => {
      limits.held.hold(byteLength)
      heldBytes += byteLength
    })
    if (fault === null) return await work(body)
    if (fault.code === "malformed" || fault.code === "too-slow") await limits.salvage?.(body)
    throw fault
  } finally {
    limits.held.release(heldBytes)
  }
}

function readBody(
  incoming: IncomingMessage,
  { maxBytes, withinMs }: BodyLimits,
  hold: (byteLength: number) => void,
): Promise<Received> {
  if (Number(incoming.headers["content-length"] ?? 0) > maxBytes) throw new RefusalError("too-long")
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    const timer = setTimeout(() => stop(new RefusalError("too-slow")), withinMs)

    // Pauses instead of destroying: the answer still has to go out on this connection.
    function stop(fault: RefusalError | null): void {
      clearTimeout(timer)
      incoming.off("data", take).off("end", finish).off("close", cut).off("error", cut)
      incoming.on("error", () => undefined)
      if (fault !== null) incoming.pause()
      const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
      resolve({ body, fault })
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
