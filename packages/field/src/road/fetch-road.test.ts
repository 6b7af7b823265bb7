import { channel } from "node:diagnostics_channel"
import type { Socket } from "node:net"
import { afterEach, expect, test } from "vitest"
import { fetchRoad } from "./fetch-road.ts"

const ONION = `http://${"a".repeat(56)}.onion/cells`

/** Every name that this process asks a resolver for while `work` runs, of whatever library. */
async function namesAsked(work: () => Promise<unknown>): Promise<readonly string[]> {
  const names: string[] = []
  const watch = (message: unknown): void => {
    const { socket } = message as { socket: Socket }
    socket.on("lookup", (_error, _address, _family, host) => names.push(host))
  }
  channel("net.client.socket").subscribe(watch)
  try {
    await work()
  } finally {
    channel("net.client.socket").unsubscribe(watch)
  }
  return names
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, "location")
})

function pageFrom(hostname: string): void {
  Object.defineProperty(globalThis, "location", { configurable: true, value: { hostname } })
}

test.each(["", "example.org", "localhost", "onion.example.org", "notonion"])(
  "a page from %j names no onion address in a request",
  async (from) => {
    if (from !== "") pageFrom(from)
    const names = await namesAsked(async () => {
      await expect(fetchRoad.get(ONION, 100)).rejects.toMatchObject({ code: "closed" })
      await expect(fetchRoad.post(ONION, new Uint8Array(9), 100)).rejects.toMatchObject({ code: "closed" })
    })
    expect(names).toEqual([])
  },
)

test("the watch above sees a request that does name one", async () => {
  const plain = await namesAsked(() => fetch(ONION).catch(() => undefined))
  expect(plain.some((name) => name.endsWith(".onion"))).toBe(true)
  // A page that came from an onion runs in Tor's browser: there it may.
  pageFrom(`${"b".repeat(56)}.onion`)
  const inTor = await namesAsked(async () => {
    await expect(fetchRoad.get(ONION, 100)).rejects.toMatchObject({ code: "unreachable" })
  })
  expect(inTor.some((name) => name.endsWith(".onion"))).toBe(true)
})
