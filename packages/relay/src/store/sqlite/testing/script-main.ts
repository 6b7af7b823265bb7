import { writeSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { nodePrimitives } from "@govah/node"
import { makeWorld } from "../../testing/store-bed.ts"
import { playScript } from "../../testing/store-script.ts"
import { type OpenBodies, openBodies } from "../bodies.ts"
import { openStore } from "../sqlite-store.ts"
import { SHORT_BYTES } from "../../../testing/test-relay.ts"

// Plays the script on the file that the first argument names, and says what was done as soon as the store says it. With
// the second one, `hasty`, SQLite does not wait for the disk, and with `hasty bodies` nobody waits for the bodies: the
// power cut must catch both.
class HastyDatabase extends DatabaseSync {
  override exec(sql: string): void {
    super.exec(sql.replaceAll("synchronous = FULL", "synchronous = NORMAL"))
  }
}

const world = makeWorld()
const deps = { ...world, primitives: nodePrimitives }
const options = { retentionDays: 10, cellBytes: SHORT_BYTES }
const mode = process.argv[3]
const database = mode === "hasty" ? HastyDatabase : DatabaseSync
const openHasty: OpenBodies = (path, bytes) => ({ ...openBodies(path, bytes), flush: async () => undefined })
const store = openStore(process.argv[2] as string, deps, {
  ...options,
  database,
  openBodies: mode === "hasty bodies" ? openHasty : openBodies,
})
await playScript(store, world, (step) => writeSync(1, `told ${step}\n`))
await store.close()
