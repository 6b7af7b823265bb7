import { createServer, type Server } from "node:http"
import { getRequestListener } from "@hono/node-server"
import { listen, type Place } from "./listen.ts"
import { REST_BITS, type RelayConfig, RETENTION_DAYS } from "./config.ts"
import { MAX_CONNECTIONS, MAX_HEADER_BYTES, MAX_HEADERS, MAX_HELD_BYTES } from "./limits.ts"
import { createMetrics } from "./metrics/metrics.ts"
import { type MetricsServer, serveMetrics } from "./metrics/serve-metrics.ts"
import { createPriceList } from "./price/price-list.ts"
import { createApp } from "./routes/app.ts"
import { countHeldBytes } from "./routes/held-bytes.ts"
import { uploadSessions } from "./session/upload-sessions.ts"
import type { RelayDeps, RelayStore } from "./store/port.ts"
import { openIssued, TOKENS_A_TERM } from "./tokens/issued.ts"
import { rememberRepeats } from "./tokens/repeats.ts"
import { openTokenKeys } from "./tokens/token-keys.ts"
import { openStore } from "./store/sqlite/sqlite-store.ts"

/** A relay that is running. */
export interface Relay extends Place {
  readonly store: RelayStore
  /** Where metrics are read, if anywhere. */
  readonly metrics: Place | null
  /** Answers what was begun, empties the log into the store and closes both. Calling it again is harmless. */
  close(): Promise<void>
}

/**
 * Opens the store and listens. One process, two files; every answer that says *stored* is given after the disk has it.
 *
 * @throws RelayError `port-taken`, `bad-config`, `not-a-relay`, `newer-store`, `no-bodies`. Faults of disk and network pass through.
 */
export async function createRelay(config: RelayConfig, deps: RelayDeps): Promise<Relay> {
  const store = openStore(config.file, deps, config)
  const maxHeldBytes = config.maxHeldBytes ?? MAX_HELD_BYTES
  const held = countHeldBytes(maxHeldBytes)
  // An upload may last an hour and holds its memory from the start: a few silent ones must not shut the relay.
  const heldByUploads = countHeldBytes(maxHeldBytes / 2, held)
  const tokenKeys = openTokenKeys(store)
  const price = await createPriceList({
    store,
    restBits: config.workBits ?? REST_BITS,
    heldShare: () => held.share(),
    tokenKeys: async () => (await tokenKeys.inForce()).map(({ id }) => id),
  })
  const metrics = config.metrics === undefined ? null : createMetrics(store, deps)
  const room = {
    store,
    held,
    heldByUploads,
    sessions: uploadSessions(deps.primitives, deps.monotoneMs ?? (() => performance.now())),
    restore: config.restore ?? false,
    price,
    tokenKeys,
    issued: openIssued(store, TOKENS_A_TERM),
    repeats: rememberRepeats(),
    uploads: config.uploads ?? isOpenToNetwork(config),
    retentionDays: config.retentionDays ?? RETENTION_DAYS,
    bodyMs: config.bodyMs ?? 120_000,
  }
  const app = createApp(room, metrics?.count)
  const server = createBoundedServer(config.idleMs ?? 60_000)
  const listener = getRequestListener(app.fetch)
  // The listener answers its own faults; its promise has nothing left to say.
  server.on("request", (incoming, outgoing) => void listener(incoming, outgoing))

  let place: Place
  let metricsServer: MetricsServer | null = null
  try {
    if (metrics !== null) metricsServer = await serveMetrics(metrics, config.metrics as number | string)
    place = await listen(server, config)
    await store.expire()
  } catch (error) {
    server.close()
    metricsServer?.close()
    await store.close()
    throw error
  }
  const daily = setInterval(() => {
    // A failed clean-up is tried again the next day; it must not stop a relay that still takes cells.
    store.expire().catch(() => undefined)
  }, DAY_MS).unref()

  let closing: Promise<void> | null = null
  async function close(): Promise<void> {
    clearInterval(daily)
    metricsServer?.close()
    const closed = new Promise((resolve) => server.close(resolve))
    await store.flush()
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), GRACE_MS).unref()
    await closed
    await store.close()
  }
  return { ...place, store, metrics: metricsServer?.place ?? null, close: () => (closing ??= close()) }
}

const DAY_MS = 86_400_000
const GRACE_MS = 2_000
// A file of 2 GB from a phone on a hotspot takes this long at 5 Mbit/s; all other bodies have a bound of their own.
const LONGEST_REQUEST_MS = 3_600_000

function createBoundedServer(idleMs: number): Server {
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: Math.min(20_000, idleMs),
    requestTimeout: LONGEST_REQUEST_MS,
    // A request that was slow to come up a bad line must not meet a connection that was just closed.
    keepAliveTimeout: Math.min(30_000, idleMs),
    connectionsCheckingInterval: Math.min(5_000, idleMs),
  })
  server.maxHeadersCount = MAX_HEADERS
  server.maxConnections = MAX_CONNECTIONS
  server.setTimeout(idleMs)
  return server
}

function isOpenToNetwork({ socket, host = "127.0.0.1" }: RelayConfig): boolean {
  return socket === undefined && !host.startsWith("127.") && host !== "::1" && host !== "localhost"
}
