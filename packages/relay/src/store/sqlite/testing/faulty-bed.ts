import { join } from "node:path"
import type { DatabaseSync } from "node:sqlite"
import { nodePrimitives } from "@govah/node"
import { onTestFinished } from "vitest"
import { freshFolder, SHORT_BYTES } from "../../../testing/test-relay.ts"
import type { RelayStore } from "../../port.ts"
import type { TestWorld } from "../../testing/store-bed.ts"
import type { FaultyBed } from "../../testing/store-faults.ts"
import type { StoreOptions } from "../sqlite-file.ts"
import { openStore } from "../sqlite-store.ts"
import { sqliteFailingAt } from "./failing-database.ts"

/** A store on SQLite that fails. @param weaken - makes a careless engine of it, for a control. */
export function bedFor(
  weaken: (database: typeof DatabaseSync) => typeof DatabaseSync,
): (world: TestWorld) => FaultyBed {
  return (world) => {
    const file = join(freshFolder(), "relay.db")
    const open = (options: StoreOptions): RelayStore => {
      const short = { retentionDays: 10, cellBytes: SHORT_BYTES }
      const store = openStore(file, { ...world, primitives: nodePrimitives }, { ...options, ...short })
      onTestFinished(() => store.close())
      return store
    }
    return {
      openFailingAt(n) {
        const { database, openBodies, fired } = sqliteFailingAt(n)
        try {
          return { store: open({ database: weaken(database), openBodies }), fired }
        } catch {
          return { store: null, fired }
        }
      },
      reopen: () => open({}),
    }
  }
}
