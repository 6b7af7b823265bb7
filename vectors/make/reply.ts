import { bucketOf, nextChain, replyEpoch, replyKey, replyTag, sealReply, startChain } from "../../packages/core/src/reply/index.ts"
import { nodePrimitives } from "@govah/node"
import { hex, key, SOURCE, type Vectors } from "./seeded.ts"

const after = (count: number): Uint8Array =>
  Array.from({ length: count }).reduce<Uint8Array>((chain) => nextChain(chain), startChain(key("reply")))
const first = await sealReply(after(0), "پیام شما رسید. ممنون.", nodePrimitives)
const third = await sealReply(after(2), "Thank you.\nStay safe.", nodePrimitives)
const changed = (slot: Uint8Array, at: number): string =>
  hex(slot.map((byte, i) => (i === at ? byte ^ 1 : byte)))
/** A slot with the right tag and key, and a plaintext of our choosing. */
const forged = async (plain: (bytes: Uint8Array) => void): Promise<string> => {
  const bytes = new Uint8Array(992)
  plain(bytes)
  const sealed = await nodePrimitives.aeadSeal(replyKey(after(0)), new Uint8Array(12), bytes)
  return hex(replyTag(after(0))) + hex(sealed)
}
const slotCase = (expect: string, name: string, number: number, slot: string, words?: string) => ({
  name,
  expect,
  secret: hex(key("reply")),
  number,
  slot,
  ...(words === undefined ? {} : { words }),
})

const bucketCase = (day: string, buckets: number, unit: Uint8Array) => ({
  unit: hex(unit),
  day,
  buckets,
  epoch: replyEpoch(day),
  bucket: bucketOf(unit, replyEpoch(day), buckets),
})
export const replySlot: Vectors = {
  source: SOURCE,
  spec: "spec/feed.md#replies",
  note: "slot (hex) is read as reply number (from 0) of the chain that begins with secret. reject:not-for-us: it is left alone. buckets: which bucket is a unit's (its verify key, hex) on a day, among so many.",
  buckets: ["2026-03-01", "2026-03-31", "1970-01-01"].flatMap((day) =>
    [1, 2, 64, 128, 256].map((count) => bucketCase(day, count, key("a unit"))),
  ),
  cases: [
    slotCase("accept", "the first reply", 0, hex(first), "پیام شما رسید. ممنون."),
    slotCase("accept", "the third reply", 2, hex(third), "Thank you.\nStay safe."),
    slotCase("reject:not-for-us", "the first, when one was read", 1, hex(first)),
    slotCase("reject:not-for-us", "the third, when none was read", 0, hex(third)),
    slotCase("reject:not-for-us", "a bit of the tag", 0, changed(first, 0)),
    slotCase("reject:not-for-us", "one byte short", 0, hex(first.subarray(0, 1_023))),
    slotCase("reject:not-for-us", "one byte more", 0, `${hex(first)}00`),
    slotCase("reject:not-for-us", "zeros", 0, hex(new Uint8Array(1_024))),
    slotCase("reject:tampered", "a bit of the words", 0, changed(first, 20)),
    slotCase("reject:tampered", "the last bit", 0, changed(first, 1_023)),
    slotCase("reject:malformed", "no words", 0, await forged(() => {})),
    slotCase("reject:malformed", "a length beyond the slot", 0, await forged((b) => b.set([0xff, 0xff]))),
    slotCase("reject:malformed", "a byte in the padding", 0, await forged((b) => b.set([0, 1, 0x41, 0, 1]))),
    slotCase("reject:malformed", "no UTF-8", 0, await forged((b) => b.set([0, 1, 0xff]))),
    slotCase("reject:malformed", "words that move a cursor", 0, await forged((b) => b.set([0, 1, 0x1b]))),
  ],
}
