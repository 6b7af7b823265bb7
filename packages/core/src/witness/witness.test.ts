/* oxlint-disable vitest/no-standalone-expect -- what is handed to runVectors runs inside test.each */
import { argon2Sync, randomBytes } from "node:crypto"
import { argon2id as noble } from "@noble/hashes/argon2.js"
import { expect, test } from "vitest"
import { toHex } from "../bytes/index.ts"
import { backTag } from "../feed/index.ts"
import { normalisePassphrase, passphraseBits, passphraseWords } from "../passphrase/index.ts"
import { replyTag, startChain } from "../reply/index.ts"
import { hex, runVectors } from "../testing/run-vectors.ts"
import {
  type Argon2Cost,
  type Argon2id,
  proposeWitnessWords,
  readWitnessWords,
  WITNESS_WORDS,
  witnessKeys,
} from "./index.ts"

// Half a second each: the same words come several times.
const made = new Map<string, Uint8Array>()
const argon2id: Argon2id = (message, nonce, { memoryKib, passes }) => {
  const name = `${toHex(message)} ${toHex(nonce)} ${memoryKib} ${passes}`
  const options = { message, nonce, memory: memoryKib, passes, parallelism: 1, tagLength: 32 }
  const key = made.get(name) ?? new Uint8Array(argon2Sync("argon2id", options))
  made.set(name, key)
  return key.slice()
}

interface WitnessCase {
  said: string
  desk: string
  text: string
  seed: string
  back: string
  tags: Record<string, string>
  replyTag: string
}
runVectors<WitnessCase>("witness", async (c) => {
  const text = await readWitnessWords(c.said)
  expect(text).toBe(c.text)
  const { seed, back } = await witnessKeys(text, hex(c.desk), argon2id)
  expect([toHex(seed), toHex(back)]).toEqual([c.seed, c.back])
  for (const [number, tag] of Object.entries(c.tags)) expect(toHex(backTag(back, Number(number)))).toBe(tag)
  expect(toHex(replyTag(startChain(back)))).toBe(c.replyTag)
})

test("the words that are proposed are strong enough to be guessed at in the open, and are read back", async () => {
  for (const language of ["fa", "en"] as const) {
    const list = await passphraseWords(language)
    expect(passphraseBits(list, WITNESS_WORDS)).toBeGreaterThanOrEqual(70)
    const words = await proposeWitnessWords(language, { random: (byteLength) => randomBytes(byteLength) })
    expect(words).toHaveLength(WITNESS_WORDS)
    expect(await readWitnessWords(words.join("\n"))).toBe(words.map(normalisePassphrase).join(" "))
  }
})

test("which words to look at again is said by their places", async () => {
  const words = [...(await proposeWitnessWords("fa", { random: (byteLength) => randomBytes(byteLength) }))]
  words[2] = "نیستدرفهرست"
  await expect(readWitnessWords(words.join(" "))).rejects.toMatchObject({ code: "unknown-word", places: [2] })
  await expect(readWitnessWords(`${words.slice(0, 2).join(" ")} و`)).rejects.toMatchObject({
    code: "wrong-count",
  })
})

test("other words, or another desk, are another witness; nothing of one is in the other", async () => {
  const costs: Argon2Cost[] = []
  const cheap: Argon2id = (password, salt, cost) => {
    costs.push(cost)
    return noble(password, salt, { m: 8, t: 1, p: 1, dkLen: 32, version: 0x13 })
  }
  const desks = [randomBytes(32), randomBytes(32)].map((bytes) => new Uint8Array(bytes))
  const seen = new Set<string>()
  for (const words of ["a b c d e f g", "a b c d e f h"]) {
    for (const desk of desks) {
      const { seed, back } = await witnessKeys(words, desk as Uint8Array, cheap)
      for (const one of [seed, back, replyTag(startChain(back)), backTag(back, 1), backTag(back, 2)])
        seen.add(toHex(one))
    }
  }
  expect(seen.size).toBe(20)
  expect(new Set(costs.map(({ memoryKib, passes }) => `${memoryKib} ${passes}`))).toEqual(
    new Set(["65536 3"]),
  )
})

test("both ways of making Argon2id give the same", () => {
  const [password, salt] = [new Uint8Array(randomBytes(20)), new Uint8Array(randomBytes(32))]
  const key = noble(password, salt, { m: 256, t: 3, p: 1, dkLen: 32, version: 0x13 })
  expect(toHex(key)).toBe(toHex(argon2id(password, salt, { memoryKib: 256, passes: 3 }) as Uint8Array))
})
