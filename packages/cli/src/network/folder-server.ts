import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { extname, join, normalize } from "node:path"
import { pipeline } from "node:stream/promises"

/** A folder that is served. */
export interface FolderServer {
  readonly url: string
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".json": "application/json",
  ".jpg": "image/jpeg",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
}

/**
 * Serves a folder as any web server would: no listing, no cookies, no log. The folder may be replaced while it runs,
 * and may not be there yet: then `absent` is shown.
 *
 * Port 0 takes a free one. A taken port passes through as `EADDRINUSE`.
 */
export async function serveFolder(folder: string, port: number, absent: string): Promise<FolderServer> {
  const server = createServer((request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405, "")
    answer(folder, request.url ?? "/", request.method === "HEAD", response, absent).catch(() =>
      response.destroy(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(
  folder: string,
  url: string,
  headOnly: boolean,
  response: ServerResponse,
  absent: string,
): Promise<void> {
  const path = pathOf(url)
  if (path === null) return end(response, 404, "")
  const file = join(folder, path)
  const found = await stat(file).catch(() => null)
  if (found === null || !found.isFile()) {
    return end(response, path === "index.html" ? 200 : 404, path === "index.html" ? absent : "")
  }
  response.writeHead(200, {
    "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    "content-length": found.size,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  })
  if (headOnly) response.end()
  else await pipeline(createReadStream(file), response)
}

// The path inside the folder, or null where the address would lead out of it.
function pathOf(url: string): string | null {
  let path: string
  try {
    path = decodeURIComponent(new URL(url, "http://folder").pathname)
  } catch {
    return null
  }
  if (path.includes("\0") || path.includes("\\")) return null
  const inside = normalize(path.endsWith("/") ? `${path}index.html` : path).replace(/^\/+/, "")
  return inside.startsWith("..") ? null : inside
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "x-content-type-options": "nosniff",
  })
  response.end(text)
}
