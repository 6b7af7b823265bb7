import { randomBytes } from "node:crypto"
import { once } from "node:events"
import type { Server } from "node:http"
import type { AddressInfo } from "node:net"
import { createAdaptorServer } from "@hono/node-server"
import type { Desk } from "../desk.ts"
import { createApp } from "./app.ts"
import { createJobs } from "./jobs.ts"
import { readPageFiles } from "./page-files.ts"
import type { ArchiveBuilder } from "./routes/post-archive.ts"

/** How the page is served. */
export interface DeskServerOptions {
  /** 0 for any free port. */
  readonly port: number
  /** The built page: `npm run build -w @govah/desk` makes it. */
  readonly staticFolder: string
  /** Builds the archive where the shell wants it; left out, the page does not offer it. */
  readonly buildArchive?: ArchiveBuilder
}

/** The desk's page, served to this machine alone. */
export interface DeskServer {
  /** Where to open it. The token of this run stands in the fragment, which no browser sends. */
  readonly url: string
  readonly port: number
  /** Aborts what runs and closes every connection. The desk itself stays open. */
  close(): Promise<void>
}

// By number, not by name: what "localhost" means, a hosts file decides.
const LOOPBACK = "127.0.0.1"

/**
 * Serves the desk's page on loopback.
 *
 * @throws HttpError `page-not-built`; `EADDRINUSE` and the like pass through.
 */
export async function createDeskServer(desk: Desk, options: DeskServerOptions): Promise<DeskServer> {
  const files = await readPageFiles(options.staticFolder)
  const jobs = createJobs()
  const token = randomBytes(32).toString("base64url")
  let host = ""
  const door = (): { host: string; token: string } => ({ host, token })
  const app = createApp({ desk, door, files, jobs, buildArchive: options.buildArchive })
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  server.listen(options.port, LOOPBACK)
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  host = `${LOOPBACK}:${port}`
  return {
    url: `http://${host}/#t=${token}`,
    port,
    async close() {
      await jobs.stop()
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
