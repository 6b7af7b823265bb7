import { connect, type Socket } from "node:net"

/** One kept-alive connection that sends a request at a time: a load must cost its sender less than its server. */
export interface HttpLine {
  /** @returns status and body of the answer. */
  ask(head: string, body: Uint8Array): Promise<HttpAnswer>
  end(): void
}

/** What came back. */
export interface HttpAnswer {
  readonly status: number
  /** By their names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

const NO_CHUNKS = "0\r\n\r\n"

/** Connects. Understands answers with `Content-Length`, without a body, or in no chunks at all, as tus has them. */
export async function openLine(port: number): Promise<HttpLine> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true })
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject))
  let waiting: { resolve(answer: HttpAnswer): void; reject(error: Error): void } | null = null
  let received: Buffer = Buffer.alloc(0)
  socket.on("data", (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const parsed = parseAnswer(received)
    if (parsed === null) return
    received = received.subarray(parsed.byteLength)
    const { resolve } = waiting as NonNullable<typeof waiting>
    waiting = null
    resolve(parsed)
  })
  const fail = (): void => waiting?.reject(new Error("the server ended a connection"))
  socket.on("error", fail).on("close", fail)
  return {
    ask: (head, body) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        send(socket, head, body)
      }),
    end: () => void socket.destroy(),
  }
}

function send(socket: Socket, head: string, body: Uint8Array): void {
  socket.cork()
  socket.write(`${head}Host: 127.0.0.1\r\nContent-Length: ${body.length}\r\n\r\n`)
  if (body.length > 0) socket.write(body)
  socket.uncork()
}

function parseAnswer(bytes: Buffer): (HttpAnswer & { readonly byteLength: number }) | null {
  const headEnd = bytes.indexOf("\r\n\r\n")
  if (headEnd < 0) return null
  const head = bytes.toString("latin1", 0, headEnd)
  const status = Number(head.slice(9, 12))
  const headers = new Map(
    head
      .split("\r\n")
      .slice(1)
      .map((line): [string, string] => {
        const colon = line.indexOf(":")
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
      }),
  )
  const length = headers.get("content-length")
  if (length === undefined && headers.get("transfer-encoding") === "chunked") {
    const end = headEnd + 4 + NO_CHUNKS.length
    if (bytes.length < end) return null
    if (bytes.toString("latin1", headEnd + 4, end) !== NO_CHUNKS) throw new Error("a body in chunks")
    return { status, headers, body: Buffer.alloc(0), byteLength: end }
  }
  const end = headEnd + 4 + Number(length ?? 0)
  return bytes.length < end
    ? null
    : { status, headers, body: bytes.subarray(headEnd + 4, end), byteLength: end }
}
