import { setTimeout as pause } from "node:timers/promises"
import { SocksError, type SocksProxy, socksFetch } from "@govah/node"
import { SyncError } from "./sync-error.ts"
import type { SyncPeer } from "./sync-with.ts"
import { MAX_SYNC_ANSWER_BYTES } from "./sync-wire.ts"

/** A relay that is asked over HTTP. */
export interface HttpPeer {
  /** Its address. */
  readonly url: string
  /** What its operator has made for this relay: base64url of 32 bytes. */
  readonly capability: string
  /** Tor's proxy, or another one; then everything goes through it. */
  readonly socks: SocksProxy | null
  readonly signal?: AbortSignal
}

// 1 MiB at 70 kbit/s; through a proxy it takes up to a minute to begin.
const DEADLINE_MS = 120_000
const SOCKS_DEADLINE_MS = 300_000
/** Pauses before a request is tried again, in milliseconds; then the other relay counts as down. */
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000]

/**
 * The relay at an address. Repeating a request is harmless, so that a line that breaks costs a request and no more.
 *
 * @throws SyncError `road-closed` where the address demands a road that is not open, or would show the capability to
 *   whoever watches: then nothing was asked. From `ask`: `peer-down`, `peer-refused`, `bad-answer`, `road-closed`.
 */
export function httpPeer({ url, capability, socks, signal }: HttpPeer): SyncPeer {
  const address = new URL(url)
  refuseOpenRoad(address, socks)
  const target = `${address.origin}${address.pathname.replace(/\/+$/, "")}/sync`

  async function once(body: Uint8Array): Promise<Uint8Array> {
    const timeout = AbortSignal.timeout(socks === null ? DEADLINE_MS : SOCKS_DEADLINE_MS)
    const wish = {
      method: "POST",
      headers: { Authorization: `Bearer ${capability}`, "Content-Type": "application/octet-stream" },
      body: new Uint8Array(body),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    }
    // A redirection would carry the capability to an address that nobody chose.
    const response =
      socks === null
        ? await fetch(target, { ...wish, redirect: "error" })
        : await socksFetch(socks, target, wish)
    if (response.status === 200) return await readBounded(response)
    void response.body?.cancel()
    if (response.status === 503)
      throw new SyncError("peer-down", "the other relay has too much to do just now")
    if (response.status === 507) throw new SyncError("peer-refused", "the other relay is full")
    const why = response.status === 404 ? ": it does not know this capability, or its term is over" : ""
    throw new SyncError("peer-refused", `the other relay answered ${response.status}${why}`)
  }

  return {
    async ask(request) {
      for (let failures = 0; ; failures++) {
        try {
          return await once(request)
        } catch (error) {
          signal?.throwIfAborted()
          const failure = asSyncError(error)
          const pauseMs = PAUSES_MS[failures]
          if (failure.code !== "peer-down" || pauseMs === undefined) throw failure
          await pause(pauseMs, undefined, signal === undefined ? {} : { signal })
        }
      }
    },
  }
}

function asSyncError(error: unknown): SyncError {
  if (error instanceof SyncError) return error
  if (error instanceof SocksError && error.code === "proxy-down") {
    return new SyncError("road-closed", `${error.message}; nothing left by another road`, { cause: error })
  }
  return new SyncError("peer-down", "nobody answers at the other relay's address, or the line broke", {
    cause: error,
  })
}

function refuseOpenRoad({ protocol, hostname }: URL, socks: SocksProxy | null): void {
  const isOnion = hostname.endsWith(".onion")
  if (isOnion && socks === null) {
    throw new SyncError("road-closed", "an onion address is named to Tor alone: add --socks 127.0.0.1:9050")
  }
  if (protocol === "https:" || isOnion || isNearby(hostname)) return
  throw new SyncError(
    "road-closed",
    "over plain http anyone on the way reads the capability: use https or an onion",
  )
}

function isNearby(host: string): boolean {
  return (
    host === "localhost" ||
    host === "[::1]" ||
    host.endsWith(".local") ||
    /^\[f[cde]/.test(host) ||
    /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(host)
  )
}

async function readBounded(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of response.body ?? []) {
    length += piece.length
    if (length > MAX_SYNC_ANSWER_BYTES)
      throw new SyncError("bad-answer", "the other relay's answer is too long")
    pieces.push(piece)
  }
  return new Uint8Array(Buffer.concat(pieces))
}
