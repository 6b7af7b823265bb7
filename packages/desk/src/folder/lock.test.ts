import { readFileSync } from "node:fs"
import { toHex } from "@govah/core/bytes"
import { nodePrimitives } from "@govah/node"
import { expect, test } from "vitest"
import { parseLock, unlockKey } from "./lock.ts"

interface LockCase {
  readonly name: string
  readonly expect: string
  readonly text: string
  readonly passphrase: string
  /** Hex. */
  readonly key?: string
}
const { cases } = JSON.parse(
  readFileSync(new URL("../../../../vectors/desk-lock.json", import.meta.url), "utf8"),
) as { readonly cases: readonly LockCase[] }

test.each(cases)("$name: $expect", async ({ expect: expected, text, passphrase, key }) => {
  const outcome = await (async () => await unlockKey(parseLock(text), passphrase, nodePrimitives))().then(
    (opened) => toHex(opened),
    (error: { readonly code?: string }) => `reject:${error.code}`,
  )
  expect(outcome).toBe(key ?? expected)
})
