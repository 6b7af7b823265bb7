import { readFileSync } from "node:fs"
import { fromHex, toHex, utf8Bytes } from "@govah/core/bytes"
import { normalisePassphrase } from "@govah/core/passphrase"
import { expect, test } from "vitest"
import { nodePrimitives as p } from "@govah/node"
import { lockOf } from "../lock/index.ts"
import { nodeStretch } from "../node/node-stretch.ts"
import { readValue, writeValue } from "../store/index.ts"
import { crashingDrawer } from "../testing/crashing-drawer.ts"
import { webStretch } from "./web-stretch.ts"

const { cases } = JSON.parse(
  readFileSync(new URL("../../../../vectors/lock.json", import.meta.url), "utf8"),
) as {
  readonly cases: readonly {
    readonly expect: string
    readonly passphrase?: string
    readonly salt?: string
    readonly stretched: string
  }[]
}

/** Does something as in a browser that has no WebAssembly. */
async function withoutWebAssembly<T>(work: () => Promise<T>): Promise<T> {
  const held = Object.getOwnPropertyDescriptor(globalThis, "WebAssembly") as PropertyDescriptor
  Reflect.deleteProperty(globalThis, "WebAssembly")
  try {
    return await work()
  } finally {
    Object.defineProperty(globalThis, "WebAssembly", held)
  }
}

test("where there is no WebAssembly a lock is set, and opens, and opens with it too", async () => {
  const disk = crashingDrawer(0, false)
  const lock = lockOf(disk, webStretch, p)
  const kept = await withoutWebAssembly(async () => {
    // Control: what needs it fails here.
    await expect(import("hash-wasm").then(({ sha256 }) => sha256("x"))).rejects.toThrow("WebAssembly")
    const made = await lock.create("one two three four")
    await writeValue(made, "unit", "kept")
    await expect(lock.unlock("one two three five")).rejects.toThrow(expect.objectContaining({ code: "wrong" }))
    return await readValue(await lock.unlock("one two three four"), "unit")
  })
  expect(kept).toBe("kept")
  expect(await readValue(await lock.unlock("one two three four"), "unit")).toBe("kept")
})

test.each([
  ["the browser's", webStretch],
  [
    "the browser's without WebAssembly",
    (passphrase: Uint8Array, salt: Uint8Array) => withoutWebAssembly(() => webStretch(passphrase, salt)),
  ],
  ["Node's", nodeStretch],
] as const)("%s Argon2id gives what the vectors say", async (_, stretch) => {
  let tried = 0
  for (const { expect: expected, passphrase, salt, stretched } of cases) {
    if (passphrase === undefined || salt === undefined) continue
    const made = toHex(await stretch(utf8Bytes(normalisePassphrase(passphrase)), fromHex(salt) as Uint8Array))
    expect(made === stretched).toBe(expected === "accept")
    tried++
  }
  expect(tried).toBe(4)
})
