import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { lockOf } from "../lock/index.ts"
import { nodeStretch } from "../node/node-stretch.ts"
import { readValue, writeValue } from "../store/index.ts"
import { crashingDrawer } from "../testing/crashing-drawer.ts"
import { withoutWebAssembly } from "../testing/without-web-assembly.ts"
import { webStretch } from "./web-stretch.ts"

test("where there is no WebAssembly a lock is set, and opens; it is the same lock everywhere", async () => {
  const disk = crashingDrawer(0, false)
  const passphrase = "one two three four"
  const kept = await withoutWebAssembly(async () => {
    // Control: what needs it fails here.
    await expect(import("hash-wasm").then(({ sha256 }) => sha256("x"))).rejects.toThrow("WebAssembly")
    const lock = lockOf(disk, webStretch, p)
    await writeValue(await lock.create(passphrase), "unit", "kept")
    return await readValue(await lock.unlock(passphrase), "unit")
  })
  expect(kept).toBe("kept")
  // OpenSSL's Argon2id and that in WebAssembly give the same as the vectors: so does this one.
  for (const stretch of [nodeStretch, webStretch])
    expect(await readValue(await lockOf(disk, stretch, p).unlock(passphrase), "unit")).toBe("kept")
})
