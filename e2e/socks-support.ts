import { channel } from "node:diagnostics_channel"
import { connect, createServer, type Server, type Socket } from "node:net"
import type { AddressInfo } from "node:net"
import { onTestFinished } from "vitest"

/** A SOCKS5 proxy on loopback that writes down what it is asked, as Tor's would be asked. */
export interface TestProxy {
  readonly port: number
  /** Every destination that was asked for: `name`, or `ip` where the asker had looked it up itself. */
  readonly asked: readonly { readonly by: "name" | "ip"; readonly host: string; readonly port: number }[]
  /** User name and password of every connection, joined. */
  readonly credentials: readonly string[]
  /** Ends it at once, with every connection. */
  kill(): Promise<void>
}

/**
 * @param route - the loopback port that a destination stands for; null refuses.
 * @param dieAfter - dies in the middle of an upload, after so many bytes in all.
 */
export async function startProxy(
  route: (host: string) => number | null,
  { port = 0, dieAfter = Number.POSITIVE_INFINITY }: { port?: number; dieAfter?: number } = {},
): Promise<TestProxy> {
  const asked: TestProxy["asked"][number][] = []
  const credentials: string[] = []
  const sockets = new Set<Socket>()
  let uploaded = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    serve(socket).catch(() => socket.destroy())
  })

  async function serve(socket: Socket): Promise<void> {
    socket.on("error", () => undefined)
    const read = reader(socket)
    const [version, methods] = await read(2)
    if (version !== 5) return void socket.end("HTTP/1.1 400 this is no proxy for that\r\n\r\n")
    const offered = await read(methods as number)
    if (!offered.includes(2)) return void socket.end(Buffer.from([5, 0xff]))
    socket.write(Buffer.from([5, 2]))
    const user = await read((await read(2))[1] as number)
    const password = await read((await read(1))[0] as number)
    credentials.push(`${user.toString()}:${password.toString()}`)
    socket.write(Buffer.from([1, 0]))
    const type = (await read(4))[3]
    const address = await read(type === 3 ? ((await read(1))[0] as number) : type === 1 ? 4 : 16)
    const host = type === 3 ? address.toString() : [...address].join(".")
    asked.push({ by: type === 3 ? "name" : "ip", host, port: (await read(2)).readUInt16BE() })
    const to = route(host)
    if (to === null) return void socket.end(Buffer.from([5, 4, 0, 1, 0, 0, 0, 0, 0, 0]))
    const onward = connect(to, "127.0.0.1")
    sockets.add(onward)
    onward.on("error", () => socket.destroy())
    onward.on("connect", () => {
      socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]))
      socket.on("data", (chunk: Buffer) => {
        uploaded += chunk.length
        if (uploaded > dieAfter) void kill()
        else onward.write(chunk)
      })
      socket.on("close", () => onward.destroy())
      onward.pipe(socket)
    })
  }

  async function kill(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }

  const bound = await listen(server, port)
  onTestFinished(kill)
  return { port: bound, asked, credentials, kill }
}

function reader(socket: Socket): (byteLength: number) => Promise<Buffer> {
  return async (byteLength) => {
    for (;;) {
      const bytes = socket.read(byteLength) as Buffer | null
      if (bytes !== null) return bytes
      await new Promise((resolve, reject) => {
        socket.once("readable", resolve)
        socket.once("close", reject)
      })
    }
  }
}

/** An address that nobody may come to: it counts who does. */
export async function startTripwire(): Promise<{ readonly port: number; count(): number }> {
  let count = 0
  const server = createServer((socket) => {
    count++
    socket.destroy()
  })
  onTestFinished(() => void server.close())
  return { port: await listen(server, 0), count: () => count }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, "127.0.0.1", resolve)
  })
  return (server.address() as AddressInfo).port
}

/** Every name that this process asks a resolver for, of whatever library, from now to the end of the test. */
export function watchLookups(): readonly string[] {
  const names: string[] = []
  const watch = (message: unknown): void => {
    const { socket } = message as { socket: Socket }
    socket.on("lookup", (_error, _address, _family, host) => names.push(host))
  }
  channel("net.client.socket").subscribe(watch)
  onTestFinished(() => {
    channel("net.client.socket").unsubscribe(watch)
  })
  return names
}
