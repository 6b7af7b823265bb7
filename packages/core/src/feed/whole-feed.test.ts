import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { concatBytes } from "../bytes/index.ts"
import { sampleFeed } from "../testing/feed-samples.ts"
import {
  encodeReceiptSet,
  listedParts,
  openWholeFeed,
  readWholeFeed,
  signFeedHead,
  WARNING_KINDS,
  writeWholeFeed,
} from "./index.ts"

const seed = p.random(32)
const random = (byteLength: number): Uint8Array => p.random(byteLength)
const sample = await sampleFeed(
  seed,
  {
    receipts: [encodeReceiptSet([], random), encodeReceiptSet([], random)],
    bulletins: [random(2_048)],
    calls: [random(65_536)],
    slots: 8,
    buckets: [random(8_192), random(8_192)],
    warnings: [
      { kind: "relay", day: "2026-03-01", subject: "https://relay.example", words: "Do not use it." },
    ],
  },
  p,
)

test("a whole feed is read as it was written, in pieces of any length", async () => {
  const readPart = (part: { sha256: string }): Uint8Array =>
    sample.parts[listedParts(sample.head).findIndex(({ sha256 }) => sha256 === part.sha256)] as Uint8Array
  const written = concatBytes(
    ...(await Array.fromAsync(writeWholeFeed(sample.head, sample.headBytes, readPart))),
  )
  expect(written).toEqual(sample.whole)
  for (const step of [1, 997, written.length]) {
    const pieces = Array.from({ length: Math.ceil(written.length / step) }, (_, i) =>
      written.subarray(i * step, (i + 1) * step),
    )
    const read = await Array.fromAsync(readWholeFeed(pieces, p))
    expect(read[0]).toMatchObject({ kind: "head", head: sample.head })
    expect(read.slice(1).map(({ bytes }) => bytes)).toEqual(sample.parts)
  }
})

test("whoever stops at the head has had no part read", async () => {
  let pulled = 0
  async function* source(): AsyncGenerator<Uint8Array, void, void> {
    for (let at = 0; at < sample.whole.length; at += 500) {
      pulled += 500
      yield sample.whole.subarray(at, at + 500)
    }
  }
  for await (const piece of readWholeFeed(source(), p)) if (piece.kind === "head") break
  expect(pulled).toBeLessThan(sample.headBytes.length + 500)
  expect(pulled).toBeGreaterThan(0)
})

test("every cut, a byte more, and a changed byte of any part are refused by name", async () => {
  const said = async (received: Uint8Array): Promise<string> =>
    await openWholeFeed(received, p).then(
      () => "read",
      (error: { code: string }) => error.code,
    )
  expect(await said(sample.whole)).toBe("read")
  let at = sample.headBytes.length
  for (const part of sample.parts) {
    const flipped = sample.whole.slice()
    flipped[at] = (flipped[at] as number) ^ 1
    expect(await said(flipped)).toBe("bad-part")
    expect(await said(sample.whole.subarray(0, at))).toBe("truncated")
    expect(await said(sample.whole.subarray(0, at + part.length - 1))).toBe("truncated")
    at += part.length
  }
  expect(await said(concatBytes(sample.whole, Uint8Array.of(0)))).toBe("malformed")
  expect(await said(sample.headBytes.subarray(0, -1))).toBe("malformed")
  expect(await said(new Uint8Array(70_000))).toBe("too-long")
})

test("a desk cannot sign a head that no reader would take", async () => {
  const { head } = sample
  const part = (bytes: number) => ({ sha256: Buffer.from(random(32)).toString("hex"), bytes })
  const wrong: readonly (readonly [string, object])[] = [
    ["malformed", { number: 0 }],
    ["malformed", { day: "2026-3-1" }],
    ["malformed", { receipts: [part(401)] }],
    ["malformed", { bulletins: [part(1_025)] }],
    ["malformed", { bulletins: [part(65_536)] }],
    ["malformed", { calls: [part(131_072)] }],
    ["malformed", { intake: [] }],
    ["malformed", { intake: [part(16_385)] }],
    ["malformed", { receipts: [head.receipts[0], head.receipts[0]] }],
    ["malformed", { receipts: Array.from({ length: 257 }, () => part(400)) }],
    ["malformed", { replies: { slots: 3, buckets: head.replies.buckets } }],
    ["malformed", { replies: { slots: 4, buckets: [] } }],
    ["malformed", { replies: { slots: 4, buckets: [part(1).sha256, part(1).sha256, part(1).sha256] } }],
    ["malformed", { warnings: [{ kind: "other", day: "2026-03-01", subject: null, words: "\u001b[2J" }] }],
    ["too-long", { receipts: Array.from({ length: 60 }, () => part(819_200)) }],
  ]
  for (const [code, change] of wrong) {
    await expect(
      signFeedHead({ ...head, ...change }, seed, p),
      JSON.stringify(change).slice(0, 80),
    ).rejects.toMatchObject({ code })
  }
})

test("the longest head that the limits allow can be signed and read", async () => {
  const part = (bytes: number) => ({ sha256: Buffer.from(random(32)).toString("hex"), bytes })
  const head = {
    ...sample.head,
    warnings: Array.from({ length: 16 }, () => ({
      kind: WARNING_KINDS[3] as "invitation",
      day: "2026-03-01",
      subject: "ش".repeat(300),
      words: "ش".repeat(500),
    })),
    receipts: Array.from({ length: 256 }, () => part(400)),
    bulletins: Array.from({ length: 32 }, () => part(1_024)),
    calls: Array.from({ length: 8 }, () => part(1_024)),
    replies: { slots: 4, buckets: Array.from({ length: 256 }, () => part(1).sha256) },
  }
  expect((await signFeedHead(head, seed, p)).length).toBeLessThanOrEqual(65_536)
})
