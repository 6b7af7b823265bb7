import { readFileSync } from "node:fs"
import { fromHex, toHex, utf8Bytes } from "@govah/core/bytes"
import { normalisePassphrase } from "@govah/core/passphrase"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { lockOf } from "../lock/index.ts"
import { nodeStretch } from "../node/node-stretch.ts"
import { readValue, writeValue } from "../store/index.ts"
import { crashingDrawer } from "../testing/crashing-drawer.ts"
import { withoutWebAssembly } from "../testing/without-web-assembly.ts"
import { webStretch } from "./web-stretch.ts"

test("Argon2id without WebAssembly gives what the vectors say", async () => {
  const file = readFileSync(new URL("../../../../vectors/lock.json", import.meta.url), "utf8")
  const { cases } = JSON.parse(file) as {
    readonly cases: readonly {
      readonly expect: string
      readonly passphrase?: string
      readonly salt?: string
      readonly stretched: string
    }[]
  }
  let tried = 0
  for (const { expect: expected, passphrase, salt, stretched } of cases) {
    if (passphrase === undefined || salt === undefined) continue
    const typed = utf8Bytes(normalisePassphrase(passphrase))
    const made = await withoutWebAssembly(() => webStretch(typed, fromHex(salt) as Uint8Array))
    expect(toHex(made) === stretched).toBe(expected === "accept")
    tried++
  }
  expect(tried).toBe(4)
})

test("where there is no WebAssembly a lock is set, and opens; it is the same lock everywhere", async () => {
  const disk = crashingDrawer(0, false)
  const passphrase = "one two three four"
  const kept = await withoutWebAssembly(async () => {
    const lock = lockOf(disk, webStretch, p)
    await writeValue(await lock.create(passphrase), "unit", "kept")
    return await readValue(await lock.unlock(passphrase), "unit")
  })
  expect(kept).toBe("kept")
  // OpenSSL's Argon2id and that in WebAssembly give the same as the vectors: so does this one.
  for (const stretch of [nodeStretch, webStretch])
    expect(await readValue(await lockOf(disk, stretch, p).unlock(passphrase), "unit")).toBe("kept")
})
