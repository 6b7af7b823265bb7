import { readFileSync } from "node:fs"
import { fromHex, toHex, utf8Bytes } from "@govah/core/bytes"
import { normalisePassphrase } from "@govah/core/passphrase"
import { expect, test } from "vitest"
import { nodeStretch } from "../node/node-stretch.ts"
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

test.each([
  ["the browser's", webStretch],
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
