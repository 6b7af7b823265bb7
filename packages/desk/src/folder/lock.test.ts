import { readFileSync } from "node:fs"
import { toHex } from "@govah/core/bytes"
import { nodePrimitives } from "@govah/node"
import { expect, test } from "vitest"
import { GUESS_COST, lockKey, parseLock, unlockKey } from "./lock.ts"

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

test("a new lock costs whoever guesses 64 MiB and three passes a guess, with a salt of its own", async () => {
  const make = async (): Promise<Awaited<ReturnType<typeof lockKey>>> =>
    await lockKey(nodePrimitives.random(32), "five plain words for tests", GUESS_COST, nodePrimitives)
  const [one, two] = [await make(), await make()]
  expect(one.kdf).toMatchObject({ name: "argon2id", memoryKib: 65_536, passes: 3 })
  expect(one.kdf.salt).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(two.kdf.salt).not.toBe(one.kdf.salt)
})
