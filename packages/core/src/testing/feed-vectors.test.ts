/* oxlint-disable vitest/no-standalone-expect -- what is handed to runVectors runs inside test.each */
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { type Call, encodeBulletin, encodeCall, openBulletin, openCall } from "../bulletin/index.ts"
import { fromBase64, toHex, utf8Bytes } from "../bytes/index.ts"
import {
  acceptFeedHead,
  formatPartList,
  type KnownFeed,
  listedParts,
  openReceiptSet,
  openWholeFeed,
  readFeedProof,
  type ReceiptKind,
  receiptSetHas,
  receiptTag,
} from "../feed/index.ts"
import { bucketOf, nextChain, openReply, replyEpoch, startChain } from "../reply/index.ts"
import { type Edit, edited } from "./edits.ts"
import { hex, refuseUnless, runVectors } from "./run-vectors.ts"

runVectors<{ desk: string; known: KnownFeed | null; text: string }>("feed", async (c, _, p) => {
  const received = utf8Bytes(c.text)
  const { head, known } = await acceptFeedHead(received, c.desk, c.known, p)
  expect(known).toEqual({ number: head.number, hash: toHex(await p.sha256(received)) })
  // Read and written again, the lists are spelt as they were.
  const { receipts, bulletins, calls, intake } = head
  const lists = { receipts, bulletins, calls, intake }
  expect(JSON.parse(c.text.split("\n")[0] as string)).toMatchObject(
    Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, formatPartList(list)])),
  )
})

runVectors<{ text: string; heads: number; contradictions: readonly (readonly number[])[] }>(
  "feed-proof",
  async (c, _, p) => {
    const { heads, contradictions } = await readFeedProof(utf8Bytes(c.text), p)
    expect(heads.length).toBe(c.heads)
    const places = contradictions.map((pair) => pair.map((one) => heads.indexOf(one)))
    expect(places).toEqual(c.contradictions)
  },
)

runVectors<{ edits: Edit[] }, { whole: string; parts: string[] }>("feed-whole", async (c, file, p) => {
  const received = edited(fromBase64(file.whole) as Uint8Array, c.edits)
  const { head, partsByHash } = await openWholeFeed(received, p)
  expect(listedParts(head).map(({ sha256 }) => sha256)).toEqual(file.parts)
  expect([...partsByHash.keys()]).toEqual(file.parts)
})

runVectors<{ set: string; secret: string; kind: ReceiptKind; tag: string }>("receipt-set", (c) => {
  const tag = receiptTag(hex(c.secret), c.kind)
  expect(toHex(tag)).toBe(c.tag)
  refuseUnless(receiptSetHas(openReceiptSet(hex(c.set)), tag), "absent")
})

runVectors<{ kind: "bulletin" | "call"; part: string; says: object; material: string }>("feed-part", (c) => {
  const received = fromBase64(c.part) as Uint8Array
  if (c.kind === "bulletin") {
    const bulletin = openBulletin(received)
    expect(bulletin).toEqual(c.says)
    expect(encodeBulletin(bulletin)).toEqual(received)
  } else {
    const { call, material } = openCall(received)
    expect([call, toHex(material)]).toEqual([c.says as Call, c.material])
    expect(encodeCall({ call, material })).toEqual(received)
  }
})

runVectors<{ secret: string; number: number; slot: string; words: string }>("reply-slot", async (c, _, p) => {
  let chain = startChain(hex(c.secret))
  for (let i = 0; i < c.number; i++) chain = nextChain(chain)
  const words = await openReply(chain, hex(c.slot), p)
  refuseUnless(words !== null, "not-for-us")
  expect(words).toBe(c.words)
})

test("a unit has the bucket that the vectors say", () => {
  const url = new URL("../../../../vectors/reply-slot.json", import.meta.url)
  const { buckets } = JSON.parse(readFileSync(url, "utf8")) as {
    buckets: { unit: string; day: string; buckets: number; epoch: number; bucket: number }[]
  }
  expect(buckets.length).toBeGreaterThan(10)
  for (const { unit, day, buckets: count, epoch, bucket } of buckets) {
    expect(replyEpoch(day)).toBe(epoch)
    expect(bucketOf(hex(unit), epoch, count)).toBe(bucket)
  }
})
