/* oxlint-disable vitest/no-standalone-expect -- what is handed to runVectors runs inside test.each */
import { argon2Sync, randomBytes } from "node:crypto"
import { argon2id as noble } from "@noble/hashes/argon2.js"
import { expect, test } from "vitest"
import { toHex } from "../bytes/index.ts"
import { backTag } from "../feed/index.ts"
import { STRETCH_KIB, STRETCH_LANES, STRETCH_PASSES, type Stretch, STRETCHED_BYTES } from "../lock/index.ts"
import { normalisePassphrase, passphraseBits, passphraseWords } from "../passphrase/index.ts"
import { replyTag, startChain } from "../reply/index.ts"
import { hex, runVectors } from "../testing/run-vectors.ts"
import { proposeWitnessWords, readWitnessWords, WITNESS_WORDS, witnessKeys } from "./index.ts"

// Half a second each: the same words come several times.
const made = new Map<string, Uint8Array>()
const stretch: Stretch = async (message, nonce) => {
  const name = `${toHex(message)} ${toHex(nonce)}`
  const cost = { memory: STRETCH_KIB, passes: STRETCH_PASSES, parallelism: STRETCH_LANES }
  const options = { message, nonce, tagLength: STRETCHED_BYTES, ...cost }
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
  const { seed, back } = await witnessKeys(text, hex(c.desk), stretch)
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
  const cheap: Stretch = async (password, salt) =>
    noble(password, salt, { m: 8, t: 1, p: 1, dkLen: 32, version: 0x13 })
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
})

test("the cost of a guess is the one that the format names", () => {
  expect([STRETCH_KIB, STRETCH_PASSES, STRETCH_LANES, STRETCHED_BYTES]).toEqual([65_536, 3, 1, 32])
})
