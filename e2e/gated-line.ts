import { type AddressInfo, connect, createServer, type Socket } from "node:net"
import { onTestFinished } from "vitest"

/** A line on which only so much goes up as a test lets through. */
export interface GatedLine {
  readonly port: number
  /** Lets so many more bytes up. */
  allow(bytes: number): void
  /** Bytes that have gone up. */
  up(): number
  /** Breaks every connection, and refuses new ones until the line is mended. */
  breakOff(): void
  mend(): void
}

/** @param target - a port on loopback. @param bytes - that may go up at first. */
export async function gatedLine(target: number, bytes: number): Promise<GatedLine> {
  let left = bytes
  let gone = 0
  let isBroken = false
  const clients = new Map<Socket, () => void>()
  const line = createServer((client) => {
    if (isBroken) return void client.destroy()
    const server = connect(target, "127.0.0.1")
    client.on("error", () => undefined).on("close", () => server.destroy())
    server.on("error", () => undefined).on("close", () => client.destroy())
    let held = Buffer.alloc(0)
    const push = (): void => {
      const through = held.subarray(0, Math.max(0, left))
      if (through.length > 0) server.write(through)
      left -= through.length
      gone += through.length
      held = held.subarray(through.length)
      if (held.length > 0) client.pause()
      else client.resume()
    }
    clients.set(client, push)
    client.on("close", () => clients.delete(client))
    client.on("data", (chunk: Buffer) => {
      held = Buffer.concat([held, chunk])
      push()
    })
    server.pipe(client)
  })
  await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => {
    for (const client of clients.keys()) client.destroy()
    line.close()
  })
  return {
    port: (line.address() as AddressInfo).port,
    allow: (more) => {
      left += more
      for (const push of clients.values()) push()
    },
    up: () => gone,
    breakOff: () => {
      isBroken = true
      for (const client of clients.keys()) client.destroy()
    },
    mend: () => {
      isBroken = false
    },
  }
}
