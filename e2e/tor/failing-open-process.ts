// What a helpful library would do: sends what waits in a folder by the proxy, and where that fails, directly.
import { nodePrimitives, socksFetch } from "@govah/node"
import { openHome, type Road, RoadError } from "@govah/field"
import { unlockFolder, sendAll } from "@govah/field/node"

const [, , folder, port] = process.argv
const socks = { host: "127.0.0.1", port: Number(port) }
// An address at which the same relay is reached without Tor: of those that are never given to anybody (RFC 5737).
const CLEAR = "http://192.0.2.7/cells"

async function ask(url: string, body: Uint8Array | null): Promise<{ status: number; body: Uint8Array }> {
  const signal = AbortSignal.timeout(60_000)
  const headers = { "Content-Type": "application/octet-stream" }
  const wish = body === null ? { method: "GET", signal } : { method: "POST", headers, body, signal }
  const answer = await socksFetch(socks, url, wish)
  return { status: answer.status, body: new Uint8Array(await answer.arrayBuffer()) }
}

async function direct(url: string, body: Uint8Array | null): Promise<never> {
  const wish = body === null ? {} : { method: "POST", body: new Uint8Array(body) }
  await fetch(url, wish).catch(() => undefined)
  await fetch(CLEAR, wish).catch(() => undefined)
  throw new RoadError("unreachable", "neither way")
}

const road: Road = {
  get: (url) => ask(url, null).catch(() => direct(url, null)),
  post: (url, body) => ask(url, body).catch(() => direct(url, body)),
}
const home = await openHome({
  drawer: await unlockFolder(folder as string, null),
  road,
  open: { onion: true, lan: false },
  primitives: nodePrimitives,
})
await sendAll(home)
