import { readdirSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { parseConfig } from "./config.ts"
import * as doors from "./index.ts"
import { createRelay } from "./relay.ts"
import { freshFolder, postCells, realDeps, seededCells, startRelay } from "./testing/test-relay.ts"

test("A port that is taken is named, and the store is let go", async () => {
  const first = await startRelay()
  const folder = freshFolder()
  const second = createRelay({ file: join(folder, "relay.db"), port: first.port }, realDeps)
  await expect(second).rejects.toMatchObject({
    code: "port-taken",
    message: expect.stringContaining(`${first.port}`),
  })
  expect(readdirSync(folder)).toEqual(["relay.db", "relay.db-cells"])
})

test("Closing twice is harmless, leaves two files, and what was taken is there at the next start", async () => {
  const folder = freshFolder()
  const config = { file: join(folder, "relay.db"), port: 0 }
  const relay = await createRelay(config, realDeps)
  await postCells(relay.url, seededCells("close", 2))
  await Promise.all([relay.close(), relay.close()])
  expect(readdirSync(folder)).toEqual(["relay.db", "relay.db-cells"])
  const again = await createRelay(config, realDeps)
  expect(await again.store.count()).toBe(2)
  await again.close()
})

test("It listens on loopback unless told otherwise", async () => {
  expect((await startRelay()).url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
})

test("The environment is read strictly", () => {
  expect(parseConfig({ GOVAH_RELAY_FILE: "x" })).toEqual({
    file: "x",
    port: 8787,
    host: "127.0.0.1",
    maxBytes: 0,
    restore: false,
    retentionDays: 60,
    workBits: 12,
  })
  expect(parseConfig({ GOVAH_RELAY_FILE: "x", GOVAH_RELAY_UPLOADS: "off" })).toMatchObject({ uploads: false })
  const bad = [{}, { GOVAH_RELAY_FILE: "" }]
  for (const port of ["-1", "65536", "80a", "8e3", " 80"])
    bad.push({ GOVAH_RELAY_FILE: "x", GOVAH_RELAY_PORT: port } as {})
  bad.push({ GOVAH_RELAY_FILE: "x", GOVAH_RELAY_WORK_BITS: "18" } as {})
  bad.push({ GOVAH_RELAY_FILE: "x", GOVAH_RELAY_UPLOADS: "yes" } as {})
  for (const environment of bad) {
    expect(() => parseConfig(environment), JSON.stringify(environment)).toThrow(
      expect.objectContaining({ code: "bad-config" }),
    )
  }
})

test("The doors of this room", () => {
  expect(Object.keys(doors).sort()).toEqual([
    "ADMISSION_DAYS",
    "MAX_POST_BYTES",
    "MAX_POST_CELLS",
    "REST_BITS",
    "RETENTION_DAYS",
    "RelayError",
    "SyncError",
    "WINDOW_CELLS",
    "admit",
    "cellsById",
    "createRelay",
    "exchangeByFile",
    "exchangeByFolder",
    "forgetAdmission",
    "httpPeer",
    "listAdmissions",
    "newestFeedFiles",
    "openStore",
    "parseConfig",
    "syncWith",
    "takeFeeds",
    "takeFile",
  ])
})
