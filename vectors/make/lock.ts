import { argon2Sync } from "node:crypto"
import { utf8Bytes } from "../../packages/core/src/bytes/index.ts"
import { hiddenName, makePlace, partKey, PLACE_BYTES, sealPart } from "../../packages/core/src/lock/index.ts"
import { normalisePassphrase } from "../../packages/core/src/passphrase/index.ts"
import { hex, key, seeded, SOURCE, type Vectors } from "./seeded.ts"

const p = seeded("lock")
const mark = { salt: key("lock salt"), stamp: key("lock stamp").subarray(0, 16) }
const vaultKey = key("vault")
const argon = { memory: 65_536, passes: 3, parallelism: 1, tagLength: 32 }
const stretch = (passphrase: string): Uint8Array =>
  new Uint8Array(
    argon2Sync("argon2id", { ...argon, message: utf8Bytes(normalisePassphrase(passphrase)), nonce: mark.salt }),
  )
const passphrase = "گلابی آسمان دریا کاغذ"
const own = stretch(passphrase)
const duress = stretch("abandon ability able about")
const ownPlace = await makePlace(mark, own, { kind: "own", key: vaultKey }, p)
const duressPlace = await makePlace(mark, duress, { kind: "duress", key: key("nothing") }, p)
const noPlace = await makePlace(mark, null, { kind: "own", key: vaultKey }, p)
// What follows the first 109 bytes of a place is random, and no reader looks at it.
const head = (place: Uint8Array): string => hex(place.subarray(0, 109))
const flip = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))
const opened = (place: Uint8Array, stretched: Uint8Array, expect = "reject:wrong", over: object = {}) => ({
  expect,
  place: head(place),
  stretched: hex(stretched),
  ...over,
})

const plaintext = utf8Bytes("what only this file opens")
const sealed = await sealPart(partKey(vaultKey, "unit", "value"), plaintext, p)
const part = (expect: string, over: object = {}) => ({
  expect,
  part: { vaultKey: hex(vaultKey), file: "unit", name: "value", sealed: hex(sealed), plaintext: hex(plaintext), ...over },
})
const typed = (text: string, normal: string, expect = "accept") => ({ expect, typed: text, normal })

export const lock: Vectors = {
  source: SOURCE,
  spec: "spec/lock.md",
  note: `typed: what a person typed, and its normal form; reject:other where it is another. stretched: Argon2id of a passphrase with a salt (hex). place: the first 109 of ${PLACE_BYTES} bytes (hex), opened with a stretched passphrase; kind and key are what comes out. part: a sealed part of a file. hidden: the name of a file.`,
  cases: [
    { name: "Argon2id of a Persian passphrase", expect: "accept", passphrase, salt: hex(mark.salt), stretched: hex(own) },
    { name: "the same, typed in another way", expect: "accept", passphrase: " گلابي، آسمان دريا\u200c كاغذ", salt: hex(mark.salt), stretched: hex(own) },
    { name: "words in another order", expect: "reject:wrong", passphrase: "آسمان گلابی دریا کاغذ", salt: hex(mark.salt), stretched: hex(own) },
    { name: "another salt", expect: "reject:wrong", passphrase, salt: hex(flip(mark.salt, 0)), stretched: hex(own) },
    { name: "Arabic letters and signs", ...typed("كتابٌ ياس", "کتاب یاس") },
    { name: "letters that are others", ...typed("کتاب یاس", "کتان یاس", "reject:other") },
    { name: "two words run together", ...typed("کتاب\u200cیاس", "کتاب یاس", "reject:other") },
    { name: "a person's own place", ...opened(ownPlace, own, "accept", { kind: "own", key: hex(vaultKey) }) },
    { name: "the second passphrase", ...opened(duressPlace, duress, "accept", { kind: "duress", key: hex(key("nothing")) }) },
    { name: "a wrong passphrase", ...opened(ownPlace, duress) },
    { name: "a place that nothing opens", ...opened(noPlace, own) },
    { name: "one bit of the nonce", ...opened(flip(ownPlace, 48), own) },
    { name: "one bit of the kind", ...opened(flip(ownPlace, 60), own) },
    { name: "one bit of the key", ...opened(flip(ownPlace, 70), own) },
    { name: "one bit of the tag", ...opened(flip(ownPlace, 108), own) },
    { name: "a stretched passphrase used as it is", ...opened(ownPlace, flip(own, 31)) },
    { name: "a part", ...part("accept") },
    { name: "in another file", ...part("reject:sealed", { file: "card" }) },
    { name: "at another place of its file", ...part("reject:sealed", { name: "kept" }) },
    { name: "under another key", ...part("reject:sealed", { vaultKey: hex(key("other")) }) },
    { name: "one bit", ...part("reject:sealed", { sealed: hex(flip(sealed, 20)) }) },
    { name: "cut", ...part("reject:sealed", { sealed: hex(sealed.subarray(0, -1)) }) },
    { name: "a byte more", ...part("reject:sealed", { sealed: `${hex(sealed)}00` }) },
    { name: "shorter than a seal", ...part("reject:sealed", { sealed: hex(sealed.subarray(0, 27)) }) },
    { name: "zeros", ...part("reject:sealed", { sealed: "00".repeat(64) }) },
    { name: "a hidden name", expect: "accept", hidden: { vaultKey: hex(vaultKey), kind: "said", of: "ab".repeat(32), name: hiddenName(vaultKey, "said", "ab".repeat(32)) } },
    { name: "the name of another kind", expect: "reject:other", hidden: { vaultKey: hex(vaultKey), kind: "feed", of: "ab".repeat(32), name: hiddenName(vaultKey, "said", "ab".repeat(32)) } },
    { name: "the name under another key", expect: "reject:other", hidden: { vaultKey: hex(key("other")), kind: "said", of: "ab".repeat(32), name: hiddenName(vaultKey, "said", "ab".repeat(32)) } },
  ],
}
