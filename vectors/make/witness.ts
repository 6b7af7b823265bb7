import { argon2Sync } from "node:crypto"
import { backTag } from "../../packages/core/src/feed/index.ts"
import { passphraseWords } from "../../packages/core/src/passphrase/index.ts"
import { replyTag, startChain } from "../../packages/core/src/reply/index.ts"
import { proposeWitnessWords, readWitnessWords, witnessKeys } from "../../packages/core/src/witness/index.ts"
import { deskKey, hex, key, publicKeyOf, SOURCE, stream, type Vectors } from "./seeded.ts"

const stretch = async (message: Uint8Array, nonce: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(
    argon2Sync("argon2id", { message, nonce, parallelism: 1, tagLength: 32, memory: 65_536, passes: 3 }),
  )
const draw = async (language: "fa" | "en", label: string): Promise<readonly string[]> =>
  await proposeWitnessWords(language, { random: stream(`witness ${label}`) })

const persian = await draw("fa", "one")
const english = await draw("en", "two")
const other = new Uint8Array(Buffer.from(await publicKeyOf(key("another desk")), "base64url"))
const desk = new Uint8Array(Buffer.from(deskKey, "base64url"))

const accept = async (name: string, said: string, of: Uint8Array = desk) => {
  const text = await readWitnessWords(said)
  const { seed, back } = await witnessKeys(text, of, stretch)
  const numbers = [1, 2, 256]
  return {
    name,
    expect: "accept",
    said,
    desk: hex(of),
    text,
    seed: hex(seed),
    back: hex(back),
    tags: Object.fromEntries(numbers.map((number) => [number, hex(backTag(back, number))])),
    replyTag: hex(replyTag(startChain(back))),
  }
}
const reject = (code: string, name: string, said: string) => ({ name, expect: `reject:${code}`, said, desk: hex(desk) })
const [first] = await passphraseWords("en")

export const witness: Vectors = {
  source: SOURCE,
  spec: "spec/witness.md",
  cases: [
    await accept("seven Persian words", persian.join(" ")),
    await accept("the same for another desk", persian.join(" "), other),
    await accept("an Arabic keyboard, signs and commas", persian.join("،  ").replaceAll("ی", "ي").replaceAll("ک", "ك")),
    await accept("seven English words", english.join(" ")),
    await accept("capitals, and numbered lines", english.map((word, i) => `${i + 1}. ${word.toUpperCase()}\n`).join("")),
    reject("wrong-count", "nothing", ""),
    reject("wrong-count", "six words", persian.slice(1).join(" ")),
    reject("wrong-count", "eight words", [...english, first].join(" ")),
    reject("unknown-word", "a word of no list", [...persian.slice(1), "qqqq"].join(" ")),
    reject("unknown-word", "words of two lists", [...persian.slice(3), ...english.slice(0, 3)].join(" ")),
    reject("unknown-word", "the first letters of words", english.map((word) => word.slice(0, 4)).join(" ") + "x"),
  ],
}
