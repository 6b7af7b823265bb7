import { readFileSync } from "node:fs"
import { fromHex, toHex, utf8Bytes } from "@govah/core/bytes"
import { normalisePassphrase } from "@govah/core/passphrase"
import { expect, test } from "vitest"
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
