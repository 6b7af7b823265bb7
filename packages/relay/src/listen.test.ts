import { once } from "node:events"
import { readdirSync, statSync, writeFileSync } from "node:fs"
import { request } from "node:http"
import { join } from "node:path"
import { expect, test } from "vitest"
import { parseConfig } from "./config.ts"
import { createRelay } from "./relay.ts"
import { spawnRelay } from "./testing/child-relay.ts"
import { freshFolder, realDeps, seededCells, startRelay } from "./testing/test-relay.ts"

/** The status of one request through a socket. */
async function ask(socketPath: string, method = "GET", body?: Uint8Array): Promise<number> {
  const headers = { "Content-Type": "application/octet-stream" }
  const outgoing = request({ socketPath, path: method === "GET" ? "/" : "/cells", method, headers })
  outgoing.end(body)
  const [incoming] = (await once(outgoing, "response")) as [NodeJS.ReadableStream & { statusCode: number }]
  incoming.resume()
  return incoming.statusCode
}

test("On a socket it takes cells, and only owner and group may come, whatever the mask says", async () => {
  const folder = freshFolder()
  const socket = join(folder, "relay.sock")
  const mask = process.umask(0)
  try {
    const relay = await startRelay({ file: join(folder, "relay.db"), socket, workBits: 0 })
    expect([relay.url, relay.port]).toEqual([`unix:${socket}`, 0])
    expect(process.umask()).toBe(0)
    expect((statSync(socket).mode & 0o777).toString(8)).toBe("660")
    expect(await ask(socket)).toBe(200)
    expect(await ask(socket, "POST", seededCells("socket", 1)[0])).toBe(200)
    await relay.close()
    expect(readdirSync(folder)).toEqual(["relay.db", "relay.db-cells"])
  } finally {
    process.umask(mask)
  }
})

test("The socket of a relay that was killed is taken over; one that answers is not", async () => {
  const folder = freshFolder()
  const socket = join(folder, "relay.sock")
  const killed = await spawnRelay(join(folder, "killed.db"), "main.ts", { GOVAH_RELAY_SOCKET: socket })
  await killed.end("SIGKILL")
  expect(readdirSync(folder)).toContain("relay.sock")
  await startRelay({ file: join(folder, "relay.db"), socket })
  const second = createRelay({ file: join(folder, "second.db"), port: 0, socket }, realDeps)
  await expect(second).rejects.toMatchObject({ code: "port-taken" })
  expect(await ask(socket)).toBe(200)
})

test("What is no socket is not removed, and a path that cannot be one is said", async () => {
  const folder = freshFolder()
  const file = join(folder, "relay.db")
  writeFileSync(join(folder, "notes"), "mine")
  for (const socket of [
    join(folder, "notes"),
    folder,
    join(folder, "none", "relay.sock"),
    `/${"x".repeat(103)}`,
  ]) {
    const relay = createRelay({ file, port: 0, socket }, realDeps)
    await expect(relay, socket).rejects.toMatchObject({ code: "bad-config" })
  }
  expect(readdirSync(folder).sort()).toEqual(["notes", "relay.db", "relay.db-cells"])
})

test("The environment names a socket or a port, never both", () => {
  const socket = "/run/govah/relay.sock"
  expect(parseConfig({ GOVAH_RELAY_FILE: "x", GOVAH_RELAY_SOCKET: socket })).toMatchObject({ socket })
  for (const other of ["GOVAH_RELAY_PORT", "GOVAH_RELAY_HOST"]) {
    const both = { GOVAH_RELAY_FILE: "x", GOVAH_RELAY_SOCKET: socket, [other]: "1" }
    expect(() => parseConfig(both)).toThrow(expect.objectContaining({ code: "bad-config" }))
  }
})
