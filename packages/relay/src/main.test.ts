import { once } from "node:events"
import { join } from "node:path"
import { expect, test } from "vitest"
import { spawnRelay } from "./testing/child-relay.ts"
import { freshFolder, postCells, seededCells } from "./testing/test-relay.ts"

/** Makes a program fail as soon as it is ready for it, as a fault of the network would that nobody waits for. */
const FAULT = `data:text/javascript,${encodeURIComponent(`
  setInterval(() => {
    if (process.listenerCount("uncaughtException") === 0) return
    throw Object.assign(new Error("connect ECONNRESET 203.0.113.77:4711"), {
      code: "ECONNRESET", address: "203.0.113.77", port: 4711,
    })
  }, 20)
`)}`

test("A fault that nobody caught ends the relay and names no address", async () => {
  const file = join(freshFolder(), "relay.db")
  // Spaces and quotes are escaped in the URL, as NODE_OPTIONS wants it.
  const relay = await spawnRelay(file, "main.ts", {
    GOVAH_RELAY_PORT: "0",
    NODE_OPTIONS: `--import=${FAULT}`,
  }).catch((error: Error) => error)
  const printed =
    relay instanceof Error ? relay.message : await once(relay.process, "close").then(relay.printed)
  expect(printed).toContain("relay: stopped by a fault: ECONNRESET")
  expect(printed).not.toContain("203.0.113")
  const again = await spawnRelay(file)
  expect((await postCells(again.url, seededCells("fault", 1))).status).toBe(200)
})
