import { utf8Bytes } from "@govah/core/bytes"
import { expect, test } from "vitest"
import { nodeStretch } from "../node/node-stretch.ts"
import { withoutWebAssembly } from "../testing/without-web-assembly.ts"
import { webStretch } from "./web-stretch.ts"

// Once, since it takes seconds; a whole lock and the vectors: `plain-stretch.long.test.ts`.
test("where there is no WebAssembly a passphrase is stretched all the same, to the same key", async () => {
  const [passphrase, salt] = [utf8Bytes("one two three four"), new Uint8Array(32).fill(7)]
  const stretched = await withoutWebAssembly(async () => {
    // Control: what needs it fails here.
    await expect(import("hash-wasm").then(({ sha256 }) => sha256("x"))).rejects.toThrow("WebAssembly")
    return await webStretch(passphrase, salt)
  })
  expect(stretched).toEqual(await nodeStretch(passphrase, salt))
})
