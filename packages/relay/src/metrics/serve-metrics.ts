import { createServer } from "node:http"
import { listen, type Place } from "../listen.ts"
import type { Metrics } from "./metrics.ts"

/** Where metrics are read: a port of this machine alone, or a unix socket. Never the address that the world asks. */
export interface MetricsServer {
  readonly place: Place
  close(): void
}

/**
 * Serves `GET /metrics` and nothing else.
 *
 * @param where - a port of loopback (0: any), or a socket's path.
 * @throws RelayError `port-taken`, `bad-config`.
 */
export async function serveMetrics(metrics: Metrics, where: number | string): Promise<MetricsServer> {
  const server = createServer({ maxHeaderSize: 4096, requestTimeout: 10_000 }, (incoming, outgoing) => {
    outgoing.setHeader("Connection", "close")
    if (incoming.url !== "/metrics" || incoming.method !== "GET") return void outgoing.writeHead(404).end()
    metrics.render().then(
      (text) => outgoing.setHeader("Content-Type", "text/plain; version=0.0.4").end(text),
      () => outgoing.writeHead(500).end(),
    )
  })
  server.maxConnections = 16
  const place = await listen(server, typeof where === "number" ? { port: where } : { port: 0, socket: where })
  server.unref()
  return {
    place,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
