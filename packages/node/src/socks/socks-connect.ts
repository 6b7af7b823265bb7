import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { connect, isIP, type Socket } from "node:net"
import { connect as secure, type TLSSocket } from "node:tls"
import { SocksClient } from "socks"
import { SocksError } from "./socks-error.ts"
import type { SocksProxy } from "./socks-proxy.ts"

/**
 * A new connection to a URL's host through the proxy, which resolves the name: this machine asks nobody for it.
 *
 * Every connection has random credentials, so that Tor gives each a circuit of its own (`IsolateSOCKSAuth`, on by
 * default).
 *
 * @param signal - aborts the connection, also later.
 * @throws SocksError; faults of TLS pass through, and so does what `signal` was aborted with.
 */
export async function connectThrough(
  proxy: SocksProxy,
  url: URL,
  signal: AbortSignal,
): Promise<Socket | TLSSocket> {
  signal.throwIfAborted()
  const socket = connect({ host: proxy.host, port: proxy.port, noDelay: true })
  const stop = (): void => void socket.destroy()
  signal.addEventListener("abort", stop, { once: true })
  socket.once("close", () => signal.removeEventListener("abort", stop))
  try {
    return await throughSocket(socket, proxy, url)
  } catch (error) {
    socket.destroy()
    signal.throwIfAborted()
    throw error
  }
}

async function throughSocket(socket: Socket, proxy: SocksProxy, url: URL): Promise<Socket | TLSSocket> {
  const host = url.hostname.replace(/^\[|\]$/g, "")
  const isSecure = url.protocol === "https:"
  await once(socket, "connect").catch((cause: unknown) => {
    throw new SocksError("proxy-down", `no proxy answers on port ${proxy.port}`, { cause })
  })
  await SocksClient.createConnection({
    proxy: {
      host: proxy.host,
      port: proxy.port,
      type: 5,
      userId: randomBytes(12).toString("hex"),
      password: randomBytes(12).toString("hex"),
    },
    command: "connect",
    destination: { host, port: url.port === "" ? (isSecure ? 443 : 80) : Number(url.port) },
    existing_socket: socket,
    timeout: HANDSHAKE_MS,
  }).catch((cause: unknown) => {
    // A refusal with a reason comes from a proxy that works; anything else is none, or one that died.
    const isRefusal = cause instanceof Error && /rejected connection/.test(cause.message)
    throw isRefusal
      ? new SocksError("no-route", "the proxy does not reach the relay", { cause })
      : new SocksError("proxy-down", `what answers on port ${proxy.port} is no proxy that works`, { cause })
  })
  if (!isSecure) return socket
  const servername = isIP(host) === 0 ? { servername: host } : {}
  const safe = secure({ socket, ...servername, ALPNProtocols: ["http/1.1"] })
  await once(safe, "secureConnect")
  return safe
}

// Tor needs up to a minute for the first circuit to an onion service.
const HANDSHAKE_MS = 120_000
