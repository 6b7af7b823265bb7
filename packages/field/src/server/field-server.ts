import { readdir, readFile } from "node:fs/promises"
import { createServer, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { extname, join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { PAGE_HEADERS } from "../policy.ts"

/** Why the page is not served. */
export type FieldServerErrorCode = "port-taken" | "not-built"

export class FieldServerError extends Error {
  override readonly name = "FieldServerError"
  readonly code: FieldServerErrorCode
  constructor(code: FieldServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Where and what to serve. */
export interface FieldServerConfig {
  /** TCP port; 0 lets the system choose. */
  readonly port: number
  /** Left out: loopback. */
  readonly host?: string
  /** The built page; left out: `dist` beside this room's sources. */
  readonly directory?: string
}

/** A server that runs. */
export interface FieldServer {
  /** Where the page is, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Calling it again is harmless. */
  close(): Promise<void>
}

/**
 * Serves the built page: the files as they are, and the headers that keep everything else out. It writes no log.
 *
 * @throws FieldServerError `port-taken`, `not-built`.
 */
export async function createFieldServer(config: FieldServerConfig): Promise<FieldServer> {
  const directory = config.directory ?? fileURLToPath(new URL("../../dist/", import.meta.url))
  const files = await readFiles(directory)
  const host = config.host ?? "127.0.0.1"
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0] as string
    const file = files.get(path === "/" ? "/index.html" : path)
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405)
    if (file === undefined) return refuse(response, 404)
    const own = path === "/sw.js" ? WORKER_HEADERS : {}
    const length = { "Content-Type": file.type, "Content-Length": file.bytes.length }
    response.writeHead(200, { ...HEADERS, ...own, ...length })
    response.end(request.method === "HEAD" ? undefined : file.bytes)
  })
  await listen(server, config.port, host)
  const { port } = server.address() as AddressInfo
  let closed: Promise<void> | null = null
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    close: () =>
      (closed ??= new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })),
  }
}

const HEADERS = {
  ...PAGE_HEADERS,
  // The page is small, and a stale one may seal for a term that is over.
  "Cache-Control": "no-cache",
}
// As long as a browser may, it asks for the service worker at its own store: whoever turns this server waits a day
// before a browser takes another one, and the app's own look finds out before (docs/adr/0030-releases.md).
const WORKER_HEADERS = { "Cache-Control": "public, max-age=31536000" }

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
  ".json": "application/json",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
}

interface ServedFile {
  readonly type: string
  readonly bytes: Buffer
}

/** All files at once: what is not in the folder now cannot be asked for later, by whatever path. */
async function readFiles(directory: string): Promise<ReadonlyMap<string, ServedFile>> {
  const files = new Map<string, ServedFile>()
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const name = `/${relative(directory, path).split(sep).join("/")}`
    // A log's tiles have names that end in numbers.
    const type = name.startsWith("/release/log/") ? "application/octet-stream" : TYPES[extname(entry.name)]
    if (type === undefined) continue
    files.set(name, { type, bytes: await readFile(path) })
  }
  if (!files.has("/index.html")) {
    throw new FieldServerError(
      "not-built",
      "the field's page is not built: run npm -w @govah/field run build",
    )
  }
  return files
}

function refuse(response: ServerResponse, status: 404 | 405): void {
  response.writeHead(status, { ...HEADERS, "Content-Type": "text/plain; charset=utf-8" })
  response.end(status === 404 ? "not found\n" : "method not allowed\n")
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error)
      reject(new FieldServerError("port-taken", `port ${port} is taken by another program`, { cause: error }))
    })
    server.listen(port, host, resolve)
  })
}
