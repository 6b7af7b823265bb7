import { toBase64Url, toHex, utf8Bytes } from "../bytes/index.ts"
import {
  encodeReceiptSet,
  type FeedHead,
  listedParts,
  REPLY_SLOT_BYTES,
  signFeedHead,
} from "../feed/index.ts"
import type { Primitives } from "../primitives/index.ts"

/** One number of a feed, whole. */
export interface SampleFeed {
  readonly head: FeedHead
  readonly headBytes: Uint8Array
  /** In the order of `listedParts`. */
  readonly parts: readonly Uint8Array[]
  /** Head and parts in a row. */
  readonly whole: Uint8Array
}

/** What a sample says; what is left out is as little as a number can have. */
export interface SampleWish {
  readonly desk?: string
  readonly number?: number
  readonly previous?: string | null
  readonly day?: string
  readonly warnings?: FeedHead["warnings"]
  /** The card's text: any bytes will do for whoever does not open it. */
  readonly card?: string
  readonly receipts?: readonly Uint8Array[]
  readonly bulletins?: readonly Uint8Array[]
  readonly calls?: readonly Uint8Array[]
  readonly slots?: number
  readonly buckets?: readonly Uint8Array[]
}

/** Signs one number of a feed for a test. @param seed - the desk's, 32 B. */
export async function sampleFeed(seed: Uint8Array, wish: SampleWish, p: Primitives): Promise<SampleFeed> {
  const random = (byteLength: number): Uint8Array => p.random(byteLength)
  const list = async (parts: readonly Uint8Array[]): Promise<FeedHead["intake"]> =>
    await Promise.all(
      parts.map(async (bytes) => ({ sha256: toHex(await p.sha256(bytes)), bytes: bytes.length })),
    )
  const slots = wish.slots ?? 4
  const parts = {
    intake: [utf8Bytes(wish.card ?? "a card")],
    receipts: wish.receipts ?? [encodeReceiptSet([], random)],
    bulletins: wish.bulletins ?? [],
    calls: wish.calls ?? [],
    buckets: wish.buckets ?? [random(slots * REPLY_SLOT_BYTES)],
  }
  const head: FeedHead = {
    v: 1,
    desk: wish.desk ?? toBase64Url(await p.publicKey(seed)),
    number: wish.number ?? 1,
    previous: wish.previous ?? null,
    day: wish.day ?? "2026-03-01",
    warnings: wish.warnings ?? [],
    intake: await list(parts.intake),
    receipts: await list(parts.receipts),
    bulletins: await list(parts.bulletins),
    calls: await list(parts.calls),
    replies: { slots, buckets: (await list(parts.buckets)).map(({ sha256 }) => sha256) },
  }
  const headBytes = await signFeedHead(head, seed, p)
  const all = [parts.intake, parts.receipts, parts.bulletins, parts.calls, parts.buckets].flat()
  const whole = new Uint8Array(
    headBytes.length + listedParts(head).reduce((sum, { bytes }) => sum + bytes, 0),
  )
  whole.set(headBytes)
  let at = headBytes.length
  for (const part of all) {
    whole.set(part, at)
    at += part.length
  }
  return { head, headBytes, parts: all, whole }
}
