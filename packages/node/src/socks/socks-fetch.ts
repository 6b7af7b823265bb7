import { type IncomingMessage, request } from "node:http"
import type { Socket } from "node:net"
import { Readable } from "node:stream"
import { connectThrough } from "./socks-connect.ts"
import type { SocksProxy } from "./socks-proxy.ts"

/** What is asked, as far as the platform's `fetch` and this one agree. */
export interface SocksRequest {
  readonly method: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly signal: AbortSignal
}

/**
 * One HTTP request through the proxy, on a connection that is made for it and ends with it. It follows no redirection,
 * sends no header but those given, `Host`, `Connection` and the length, and never goes by another way.
 *
 * @throws SocksError; faults of TLS and of the connection pass through.
 */
export async function socksFetch(proxy: SocksProxy, url: string, asked: SocksRequest): Promise<Response> {
  const target = new URL(url)
  const connection = await connectThrough(proxy, target, asked.signal)
  try {
    return asResponse(await ask(connection, target, asked))
  } catch (error) {
    connection.destroy()
    asked.signal.throwIfAborted()
    throw error
  }
}

function ask(connection: Socket, url: URL, asked: SocksRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        // Without an agent, on this very connection: an agent would keep it for others, or open one of its own.
        createConnection: () => connection,
        defaultPort: url.protocol === "https:" ? 443 : 80,
        host: url.hostname,
        port: url.port,
        path: `${url.pathname}${url.search}`,
        method: asked.method,
        headers: { ...asked.headers },
      },
      resolve,
    )
    outgoing.on("error", reject)
    outgoing.end(asked.body)
  })
}

const WITHOUT_BODY: readonly number[] = [204, 205, 304]

function asResponse(incoming: IncomingMessage): Response {
  const status = incoming.statusCode ?? 0
  // A web response has no other statuses, and no relay gives them.
  if (status < 200 || status > 599) throw new TypeError(`${status} is no status of an answer`)
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === "string") headers.set(name, value)
  }
  if (WITHOUT_BODY.includes(status)) {
    incoming.resume()
    return new Response(null, { status, headers })
  }
  return new Response(Readable.toWeb(incoming) as ReadableStream<Uint8Array<ArrayBuffer>>, {
    status,
    headers,
  })
}
