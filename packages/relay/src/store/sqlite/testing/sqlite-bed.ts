import { statSync } from "node:fs"
import { join } from "node:path"
import { nodePrimitives } from "@govah/node"
import { expect, onTestFinished } from "vitest"
import { freshFolder, SHORT_BYTES } from "../../../testing/test-relay.ts"
import type { StoreBed, TestWorld } from "../../testing/store-bed.ts"
import { openStore } from "../sqlite-store.ts"

const MAX_BYTES = 3_000_000

/** A store of short cells in a folder of its own. */
export function makeSqliteBed(world: TestWorld): StoreBed {
  const folder = freshFolder()
  const open = async (name: string): Promise<ReturnType<typeof openStore>> => {
    const options = { maxBytes: MAX_BYTES, retentionDays: 10, cellBytes: SHORT_BYTES }
    const store = openStore(join(folder, name), { ...world, primitives: nodePrimitives }, options)
    onTestFinished(() => store.close())
    return store
  }
  return {
    maxBytes: MAX_BYTES,
    open: () => open("relay.db"),
    async openBackup(store) {
      const copy = join(folder, "copy.db")
      await store.backup(copy)
      expect(statSync(copy).mode & 0o777).toBe(0o600)
      await expect(store.backup(copy)).rejects.toMatchObject({ code: "EEXIST" })
      return await open("copy.db")
    },
  }
}
