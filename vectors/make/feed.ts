import { encodeReceiptSet, receiptTag, signFeedFile } from "../../packages/core/src/feed/index.ts"
import { signLine } from "../../packages/core/src/signed/index.ts"
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
const arrived = receiptTag(key("arrived"), "arrived")
const receipts = encodeReceiptSet([arrived], stream("filler"))
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()
const first = { v: 1 as const, desk: deskKey, number: 1, previous: null, day: "2026-03-01", receipts }
const file = async (over: Partial<Record<keyof typeof first, Json>>, seed = deskSeed): Promise<string> =>
  text(await signLine("govah-feed-v1", { ...first, ...over } as Json, seed, p))
const one = text(await signFeedFile(first, deskSeed, p))
const head = (number: number, of: string) => ({ number, hash: sha256(Buffer.from(of)) })
const two = await file({ number: 2, previous: sha256(Buffer.from(one)) })
const nine = await file({ number: 9, previous: sha256(Buffer.from("eight")) })

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

export const feed: Vectors = {
  source: SOURCE,
  spec: "spec/feed.md",
  note: "known is what the reader remembers: the number and the SHA-256 of the newest file that it accepted, or null.",
  cases: [
    accept("the first file", null, one),
    accept("a later file is the first that is seen", null, nine),
    accept("the same again", head(1, one), one),
    accept("the next", head(1, one), two),
    accept("a gap", head(2, two), nine),
    reject("rollback", "an older file", one, head(2, two)),
    reject("split", "another file of the same number", await file({ day: "2026-03-02" }), head(1, one)),
    reject(
      "split",
      "a next file that does not follow",
      await file({ number: 2, previous: sha256(Buffer.from("other")) }),
      head(1, one),
    ),
    reject("split", "a next file that follows nothing", await file({ number: 2 }), head(1, one)),
    reject("bad-signature", "another desk's file", await file({ desk: unitKey }, unitSeed)),
    reject("bad-signature", "signed by another key than it names", await file({}, unitSeed)),
    reject("bad-signature", "a day changed", one.replace("2026-03-01", "2026-03-02")),
    reject("bad-signature", "a number changed", one.replace('"number":1', '"number":7')),
    reject("bad-signature", "signed as a card", text(await signLine("govah-card-v1", first, deskSeed, p))),
    reject("malformed", "nothing", ""),
    reject("malformed", "cut", one.slice(0, -2)),
    reject("malformed", "a byte after the end", `${one} `),
    reject("malformed", "two files", one + one),
    reject("malformed", "number 0", await file({ number: 0 })),
    reject("malformed", "number as text", await file({ number: "1" })),
    reject("malformed", "version 0", await file({ v: 0 })),
    reject("malformed", "a day of one digit", await file({ day: "2026-3-1" })),
    reject("malformed", "a previous hash in upper case", await file({ number: 2, previous: "A".repeat(64) })),
    reject("malformed", "receipts with padding", await file({ receipts: "AAAAAAAAAAA=" })),
    reject("unknown-version", "version 2", await file({ v: 2 })),
  ],
}

const has = (name: string, expect: string, set: string, secret: Uint8Array, kind: "arrived" | "used") => ({
  name,
  expect,
  set,
  secret: hex(secret),
  kind,
  tag: hex(receiptTag(secret, kind)),
})
const bytes = Buffer.from(receipts, "base64url")
export const receiptSet: Vectors = {
  source: SOURCE,
  spec: "spec/feed.md#receipts",
  note: "tag is derived from secret and kind. accept: the set names it. reject:absent: it does not, or is no set.",
  cases: [
    has("a receipt that is there", "accept", receipts, key("arrived"), "arrived"),
    has("a set of one tag, unpadded, is read", "accept", base64url(arrived), key("arrived"), "arrived"),
    has("the other kind", "reject:absent", receipts, key("arrived"), "used"),
    has("another secret", "reject:absent", receipts, key("used"), "arrived"),
    has("the empty set", "reject:absent", "", key("arrived"), "arrived"),
    has(
      "a tag that lies across two",
      "reject:absent",
      base64url(Buffer.concat([Buffer.alloc(4), arrived, Buffer.alloc(4)])),
      key("arrived"),
      "arrived",
    ),
    has(
      "a set of 511 bytes is no set",
      "reject:absent",
      base64url(bytes.subarray(0, 511)),
      key("arrived"),
      "arrived",
    ),
    has("a set with padding is no set", "reject:absent", `${base64url(arrived)}=`, key("arrived"), "arrived"),
  ],
}
