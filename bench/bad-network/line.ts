import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net"

/** What a line is like. */
export interface LineProfile {
  /** Bits a second, each way. */
  readonly bitsPerSecond: number
  /** Milliseconds for there and back. */
  readonly roundTripMs: number
  /** The line is cut each time after so long, in milliseconds, from evenly distributed; null: never. */
  readonly cutEveryMs: readonly [number, number] | null
  /** Chooses the instants; the same seed gives the same ones. */
  readonly seed: number
}

/** A bad line in front of a port on loopback. */
export interface Line {
  readonly port: number
  /** Bytes that crossed the narrow place towards the server, whatever became of them; and back. */
  readonly bytesUp: () => number
  readonly bytesDown: () => number
  readonly cuts: () => number
  close(): void
}

/** Bytes that cross the line at a time: what fits an Ethernet frame. */
const PACKET_BYTES = 1_400

interface Pipe {
  readonly from: Socket
  readonly to: Socket
  /** What was read and has not crossed yet: at most one read of a socket, which is then paused. */
  waiting: Buffer
}

/**
 * One line for all connections: they share its bandwidth, packet by packet in turn, and are cut together, every other
 * time by a reset and else by an orderly end. What is on its way then is lost. A connection takes a round trip to open,
 * as a TCP handshake does. TCP's slow start and loss of single packets are not imitated.
 */
export async function openLine(targetPort: number, profile: LineProfile): Promise<Line> {
  const random = seededRandom(profile.seed)
  const oneWayMs = profile.roundTripMs / 2
  const connections = new Set<{ readonly client: Socket; readonly server: Socket }>()
  const up = createDirection(profile.bitsPerSecond, oneWayMs)
  const down = createDirection(profile.bitsPerSecond, oneWayMs)
  let cuts = 0

  const listener: Server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    client.on("error", () => undefined)
    setTimeout(() => {
      if (client.destroyed) return
      const server = connect({ port: targetPort, host: "127.0.0.1", allowHalfOpen: true })
      const connection = { client, server }
      connections.add(connection)
      const gone = (): void => {
        connections.delete(connection)
        client.destroy()
        server.destroy()
      }
      client.on("close", gone)
      server.on("close", gone).on("error", () => client.resetAndDestroy())
      server.setNoDelay(true)
      up.carry(client, server)
      down.carry(server, client)
    }, profile.roundTripMs)
  })

  let cutTimer: NodeJS.Timeout | null = null
  function planCut(): void {
    if (profile.cutEveryMs === null) return
    const [least, most] = profile.cutEveryMs
    cutTimer = setTimeout(
      () => {
        cuts++
        for (const { client, server } of connections) {
          if (cuts % 2 === 0) client.resetAndDestroy()
          else client.destroy()
          server.resetAndDestroy()
        }
        planCut()
      },
      least + random() * (most - least),
    )
  }

  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve))
  planCut()
  return {
    port: (listener.address() as AddressInfo).port,
    bytesUp: up.bytes,
    bytesDown: down.bytes,
    cuts: () => cuts,
    close() {
      if (cutTimer !== null) clearTimeout(cutTimer)
      listener.close()
      for (const { client, server } of connections) {
        client.destroy()
        server.destroy()
      }
    },
  }
}

interface Direction {
  carry(from: Socket, to: Socket): void
  bytes(): number
}

function createDirection(bitsPerSecond: number, delayMs: number): Direction {
  const bytesPerMs = bitsPerSecond / 8_000
  const pipes: Pipe[] = []
  let crossed = 0
  let freeAt = 0
  let timer: NodeJS.Timeout | null = null

  function pump(): void {
    timer = null
    for (;;) {
      const pipe = pipes.shift()
      if (pipe === undefined) return
      if (pipe.from.destroyed || pipe.to.destroyed) continue
      const packet = pipe.waiting.subarray(0, PACKET_BYTES)
      pipe.waiting = pipe.waiting.subarray(packet.length)
      crossed += packet.length
      freeAt = Math.max(freeAt, performance.now()) + packet.length / bytesPerMs
      const arrivesAt = freeAt + delayMs
      setTimeout(() => pipe.to.destroyed || pipe.to.write(packet), Math.max(0, arrivesAt - performance.now()))
      if (pipe.waiting.length > 0) pipes.push(pipe)
      else pipe.from.resume()
      if (freeAt > performance.now()) {
        timer = setTimeout(pump, freeAt - performance.now())
        return
      }
    }
  }

  return {
    carry(from, to) {
      const pipe: Pipe = { from, to, waiting: Buffer.alloc(0) }
      from.on("data", (chunk: Buffer) => {
        from.pause()
        pipe.waiting = chunk
        pipes.push(pipe)
        if (timer === null) pump()
      })
      from.on("end", () => {
        const after = Math.max(0, freeAt - performance.now()) + delayMs
        setTimeout(() => to.destroyed || to.end(), after + 1)
      })
      from.resume()
    },
    bytes: () => crossed,
  }
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
