import type { Server } from "node:http"
import { lstatSync, unlinkSync } from "node:fs"
import { type AddressInfo, connect, type ListenOptions } from "node:net"
import type { RelayConfig } from "./config.ts"
import { RelayError } from "./relay-error.ts"

/** Where a relay answers. */
export interface Place {
  /** `http://127.0.0.1:8787`, without a slash at the end; `unix:` and the path where it is a socket. */
  readonly url: string
  /** 0 where it is a socket. */
  readonly port: number
}

/** Longest path of a unix socket, in bytes, on every system that has them. A longer one is cut by some. */
const MAX_SOCKET_BYTES = 103

/**
 * Listens where the configuration says: on a port, or on a unix socket that only its owner and its group may use.
 *
 * @throws RelayError `port-taken`, `bad-config`. Other faults of the network pass through.
 */
export async function listen(
  server: Server,
  config: Pick<RelayConfig, "port" | "host" | "socket">,
): Promise<Place> {
  if (config.socket !== undefined) return await listenOnSocket(server, config.socket)
  const host = config.host ?? "127.0.0.1"
  await begin(server, { port: config.port, host }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "EADDRINUSE") throw cause
    throw new RelayError("port-taken", `port ${config.port} is taken by another program`, { cause })
  })
  const { port } = server.address() as AddressInfo
  return { url: formatUrl(host, port), port }
}

async function listenOnSocket(server: Server, path: string): Promise<Place> {
  if (Buffer.byteLength(path) > MAX_SOCKET_BYTES) {
    throw new RelayError("bad-config", `the socket's path is longer than ${MAX_SOCKET_BYTES} bytes`)
  }
  await removeStale(path)
  // Bound by the mask, not changed afterwards: in between, anybody on the machine could connect. `listen` binds a path
  // before it returns.
  const mask = process.umask(0o117)
  const listening = begin(server, { path })
  process.umask(mask)
  await listening.catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "ENOENT" && cause.code !== "EACCES") throw cause
    throw new RelayError("bad-config", "the socket's folder is not there, or may not be written", { cause })
  })
  return { url: `unix:${path}`, port: 0 }
}

/** Removes the socket of a relay that was killed; never one that answers, and nothing that is no socket. */
async function removeStale(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isSocket()) {
    throw new RelayError("bad-config", "where the socket should be is something else; nothing was removed")
  }
  const answers = await new Promise<boolean>((resolve) => {
    const socket = connect(path, () => resolve(true))
    socket.on("connect", () => socket.destroy())
    // Full, or not for us: somebody is there all the same.
    socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code !== "ECONNREFUSED"))
  })
  if (answers) throw new RelayError("port-taken", "the socket is taken by another program")
  unlinkSync(path)
}

function begin(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen(options, () => {
      server.off("error", reject)
      resolve()
    })
  })
}

// A relay that listens everywhere is reached here by loopback.
function formatUrl(host: string, port: number): string {
  if (host === "0.0.0.0" || host === "::") return `http://127.0.0.1:${port}`
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`
}
