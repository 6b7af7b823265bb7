import { encodeReceiptSet, receiptTag } from "../../packages/core/src/feed/index.ts"
import { signLine } from "../../packages/core/src/signed/index.ts"
import { sampleFeed } from "../../packages/core/src/testing/feed-samples.ts"
import type { Json } from "../../packages/core/src/bytes/index.ts"
import {
  base64url,
  deskKey,
  deskSeed,
  hex,
  key,
  seeded,
  sha256,
  SOURCE,
  stream,
  unitKey,
  unitSeed,
  type Vectors,
} from "./seeded.ts"

const p = seeded("feed")
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()
export const arrived = receiptTag(key("arrived"), "arrived")
export const receipts = encodeReceiptSet([arrived], stream("filler"))

/** A small number with one part of every kind but a call. */
const sample = await sampleFeed(
  deskSeed,
  {
    receipts: [receipts],
    bulletins: [stream("bulletin")(1_024)],
    warnings: [
      { kind: "relay", day: "2026-02-28", subject: "https://relay.example", words: "این گره دیگر امن نیست." },
    ],
    slots: 4,
    buckets: [stream("bucket 0")(4_096), stream("bucket 1")(4_096)],
  },
  p,
)
type Fields = Readonly<Record<string, Json>>
const first = JSON.parse(text(sample.headBytes).split("\n")[0] as string) as Fields
const replies = first["replies"] as Fields
const warning = (first["warnings"] as readonly Fields[])[0] as Fields
const file = async (over: Fields, seed = deskSeed): Promise<string> =>
  text(await signLine("govah-feed-v1", { ...first, ...over }, seed, p))
/** A list of so many parts of this length. */
const list = (count: number, bytes: number): string =>
  base64url(
    Buffer.concat(
      Array.from({ length: count }, (_, i) => {
        const length = Buffer.alloc(4)
        length.writeUInt32BE(bytes)
        return Buffer.concat([key(`part ${i} ${bytes}`), length])
      }),
    ),
  )
const one = await file({})
const head = (number: number, of: string) => ({ number, hash: sha256(Buffer.from(of)) })
const two = await file({ number: 2, previous: sha256(Buffer.from(one)) })
const nine = await file({ number: 9, previous: sha256(Buffer.from("eight")) })
const least = await file({ warnings: [], receipts: "", bulletins: "", calls: "" })

const accept = (name: string, known: object | null, received: string) => ({
  name,
  expect: "accept",
  desk: deskKey,
  known,
  text: received,
})
const reject = (
  code: string,
  name: string,
  received: string,
  known: object | null = null,
  desk = deskKey,
) => ({
  name,
  expect: `reject:${code}`,
  desk,
  known,
  text: received,
})
const malformed = async (name: string, over: Fields) => reject("malformed", name, await file(over))

export const feed: Vectors = {
  source: SOURCE,
  spec: "spec/feed.md",
  note: "Heads. known is what the reader remembers: the number and the SHA-256 of the newest head that it accepted, or null.",
  cases: [
    accept("the first head", null, one),
    accept("a head with as little as there can be", null, least),
    accept("a later head is the first that is seen", null, nine),
    accept("the same again", head(1, one), one),
    accept("the next", head(1, one), two),
    accept("a gap", head(2, two), nine),
    reject("rollback", "an older head", one, head(2, two)),
    reject("split", "another head of the same number", await file({ day: "2026-03-02" }), head(1, one)),
    reject(
      "split",
      "a next head that does not follow",
      await file({ number: 2, previous: sha256(Buffer.from("other")) }),
      head(1, one),
    ),
    reject("split", "a next head that follows nothing", await file({ number: 2 }), head(1, one)),
    reject("bad-signature", "another desk's head", await file({ desk: unitKey }, unitSeed)),
    reject("bad-signature", "signed by another key than it names", await file({}, unitSeed)),
    reject("bad-signature", "a day changed", one.replace("2026-03-01", "2026-03-02")),
    reject("bad-signature", "a number changed", one.replace('"number":1', '"number":7')),
    reject("bad-signature", "signed as a card", text(await signLine("govah-card-v1", first, deskSeed, p))),
    reject("malformed", "nothing", ""),
    reject("malformed", "cut", one.slice(0, -2)),
    reject("malformed", "a byte after the end", `${one} `),
    reject("malformed", "two heads", one + one),
    await malformed("number 0", { number: 0 }),
    await malformed("a number above 2^31 - 1", { number: 2_147_483_648 }),
    await malformed("number as text", { number: "1" }),
    await malformed("version 0", { v: 0 }),
    await malformed("a day of one digit", { day: "2026-3-1" }),
    await malformed("a previous hash in upper case", { number: 2, previous: "A".repeat(64) }),
    await malformed("a field that is not listed", { note: "" }),
    await malformed("a list with padding", { receipts: `${list(1, 400)}=` }),
    await malformed("a list that ends in a part", { receipts: list(1, 400).slice(0, -4) }),
    await malformed("no intake notice", { intake: "" }),
    await malformed("two intake notices", { intake: list(2, 400) }),
    await malformed("an intake notice of 16,385 bytes", { intake: list(1, 16_385) }),
    await malformed("receipts of no size class", { receipts: list(1, 406) }),
    await malformed("receipts of 32 tags", { receipts: list(1, 200) }),
    await malformed("receipts of 262,144 tags", { receipts: list(1, 1_638_400) }),
    await malformed("257 receipt sets", { receipts: list(257, 400) }),
    await malformed("a bulletin of no size class", { bulletins: list(1, 1_025) }),
    await malformed("a bulletin of 64 KiB", { bulletins: list(1, 65_536) }),
    await malformed("33 bulletins", { bulletins: list(33, 1_024) }),
    await malformed("a call of 128 KiB", { calls: list(1, 131_072) }),
    await malformed("nine calls", { calls: list(9, 1_024) }),
    await malformed("one part twice", { calls: list(1, 1_024), bulletins: list(1, 1_024) }),
    await malformed("three slots", { replies: { ...replies, slots: 3 } }),
    await malformed("2,048 slots", { replies: { ...replies, slots: 2_048 } }),
    await malformed("no bucket", { replies: { ...replies, buckets: "" } }),
    await malformed("three buckets", {
      replies: { slots: 4, buckets: base64url(stream("three")(96)) },
    }),
    await malformed("a warning of a kind that is none", { warnings: [{ ...warning, kind: "person" }] }),
    await malformed("a warning without words", { warnings: [{ ...warning, words: "" }] }),
    await malformed("a warning that moves a cursor", { warnings: [{ ...warning, words: "\u001b[2J" }] }),
    await malformed("17 warnings", { warnings: Array.from({ length: 17 }, () => warning) }),
    reject("too-long", "parts of more than 32 MiB", await file({ receipts: list(41, 819_200) })),
    reject("unknown-version", "version 2", await file({ v: 2 })),
  ],
}

const proves = (name: string, heads: readonly string[], contradictions: readonly (readonly number[])[] = []) => ({
  name,
  expect: "accept",
  text: heads.join(""),
  heads: heads.length,
  contradictions,
})
const noProof = (code: string, name: string, proof: string) => ({ name, expect: `reject:${code}`, text: proof })
const otherOne = await file({ day: "2026-03-02" })
const strayTwo = await file({ number: 2, previous: sha256(Buffer.from("other")) })
const three = await file({ number: 3, previous: sha256(Buffer.from(two)) })
const theirs = await file({ desk: unitKey }, unitSeed)
// Of theirs under our name: the line is theirs, the name is ours.
const forged = await file({ day: "2026-03-03" }, unitSeed)

export const feedProof: Vectors = {
  source: SOURCE,
  spec: "spec/feed.md#following-a-feed",
  note: "text is a proof file without its veil: heads one after another. accept: it is read, and contradictions are the pairs that contradict each other, by their places from 0; none where the heads agree.",
  cases: [
    proves("two heads of one number", [one, otherOne], [[0, 1]]),
    proves("a next head that does not follow, before the other", [strayTwo, one], [[0, 1]]),
    proves("three heads, of which two pairs disagree", [one, otherOne, two], [[0, 1], [1, 2]]),
    proves("heads that agree", [one, two, three]),
    proves("the same head twice", [one, one]),
    proves("a gap says nothing", [one, three]),
    proves("two desks say what they like", [one, theirs]),
    proves("one head", [nine]),
    proves("sixteen heads", Array.from({ length: 16 }, () => least)),
    noProof("truncated", "no head at all", ""),
    noProof("too-long", "seventeen heads", least.repeat(17)),
    noProof("malformed", "cut in the second head", one + otherOne.slice(0, -1)),
    noProof("malformed", "cut in the only head", one.slice(0, 40)),
    noProof("malformed", "an empty line between", `${one}\n${otherOne}`),
    noProof("malformed", "a byte after the last", `${one}${otherOne} `),
    noProof("malformed", "heads without their ends", one.trimEnd() + otherOne),
    noProof("malformed", "a document that is no head", one + (await file({ number: 0 }))),
    noProof("bad-signature", "a day changed in the second", one + otherOne.replace("2026-03-02", "2026-03-04")),
    noProof("bad-signature", "a head by another key under the desk's name", one + forged),
    noProof("bad-signature", "a card's signature", one + text(await signLine("govah-card-v1", first, deskSeed, p))),
    noProof("unknown-version", "a newer head", one + (await file({ v: 2 }))),
    noProof("too-long", "a head of parts of more than 32 MiB", one + (await file({ receipts: list(41, 819_200) }))),
    noProof("too-long", "a head of more than 65,536 bytes", `${"x".repeat(65_537)}\n\n`),
  ],
}

const wholeCase = (expect: string, name: string, edits: readonly object[] = []) => ({ name, expect, edits })
const [headLength, cardLength] = [sample.headBytes.length, sample.parts[0]?.length as number]
export const feedWhole: Vectors = {
  source: SOURCE,
  spec: "spec/feed.md#a-whole-number-in-one-file",
  note: "whole (base64), edited, is a head and every part that it lists. parts: their SHA-256 in order.",
  whole: Buffer.from(sample.whole).toString("base64"),
  parts: sample.parts.map(sha256),
  cases: [
    wholeCase("accept", "a whole number"),
    wholeCase("reject:truncated", "the head alone", [{ cut: { to: headLength } }]),
    wholeCase("reject:truncated", "one byte short", [{ cut: { to: sample.whole.length - 1 } }]),
    wholeCase("reject:malformed", "one byte more", [{ append: "00" }]),
    wholeCase("reject:malformed", "cut in the head", [{ cut: { to: headLength - 1 } }]),
    wholeCase("reject:malformed", "no bytes", [{ cut: { to: 0 } }]),
    wholeCase("reject:bad-part", "a bit of the notice", [{ xor: { at: headLength, with: "01" } }]),
    wholeCase("reject:bad-part", "the last bit", [{ xor: { at: sample.whole.length - 1, with: "01" } }]),
    wholeCase("reject:bad-part", "the notice behind the receipts", [
      { move: { from: headLength, length: cardLength, to: headLength + receipts.length } },
    ]),
    wholeCase("reject:bad-part", "the two buckets in the other order", [
      { move: { from: sample.whole.length - 8_192, length: 4_096, to: sample.whole.length - 4_096 } },
    ]),
    wholeCase("reject:bad-signature", "a bit of the signature", [
      { xor: { at: headLength - 10, with: "01" } },
    ]),
  ],
}

const has = (
  name: string,
  expect: string,
  set: Uint8Array,
  secret: Uint8Array,
  kind: "arrived" | "used",
) => ({
  name,
  expect,
  set: hex(set),
  secret: hex(secret),
  kind,
  tag: hex(receiptTag(secret, kind)),
})
const flipped = (at: number, by: number): Uint8Array =>
  receipts.map((byte, i) => (i === at ? byte ^ by : byte))
const larger = encodeReceiptSet([arrived, ...Array.from({ length: 64 }, (_, i) => key(`more ${i}`).subarray(0, 16))], stream("larger"))
/** A set of 64 in which the second place is the first again. */
const twice = Buffer.alloc(400)
export const receiptSet: Vectors = {
  source: SOURCE,
  spec: "spec/feed.md#receipts",
  note: "tag is derived from secret and kind. accept: the set names it. reject:absent: it does not. reject:malformed: no set.",
  cases: [
    has("a receipt that is there", "accept", receipts, key("arrived"), "arrived"),
    has("a set of the next class", "accept", larger, key("arrived"), "arrived"),
    has("the other kind", "reject:absent", receipts, key("arrived"), "used"),
    has("another secret", "reject:absent", receipts, key("used"), "arrived"),
    has("no bytes", "reject:malformed", new Uint8Array(), key("arrived"), "arrived"),
    has("399 bytes", "reject:malformed", receipts.subarray(0, 399), key("arrived"), "arrived"),
    has("401 bytes", "reject:malformed", Buffer.concat([receipts, Buffer.alloc(1)]), key("arrived"), "arrived"),
    has("a set of 32", "reject:malformed", receipts.subarray(0, 200), key("arrived"), "arrived"),
    has("zeros: one place twice", "reject:malformed", twice, key("arrived"), "arrived"),
    has("ones alone", "reject:malformed", Buffer.alloc(400, 0xff), key("arrived"), "arrived"),
    has("a bit in the padding", "reject:malformed", flipped(399, 1), key("arrived"), "arrived"),
    has("a place beyond the last", "reject:malformed", flipped(0, 0xff), key("arrived"), "arrived"),
  ],
}
