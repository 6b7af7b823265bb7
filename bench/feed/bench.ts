import { readFileSync, writeFileSync } from "node:fs"
import { encodeBulletin } from "@govah/core/bulletin"
import { toBase64Url, utf8Bytes } from "@govah/core/bytes"
import { signCard } from "@govah/core/card"
import { encodeReceiptSet, openWholeFeed } from "@govah/core/feed"
import { bucketCount, bucketOf, fillBuckets, replyEpoch, sealReply, startChain } from "@govah/core/reply"
import { sampleFeed } from "@govah/core/testing"
import { nodePrimitives as p } from "@govah/node"
import { generateHybridIdentity, identityToRecipient } from "age-encryption"
import { median, round } from "../figures.ts"

// Bytes that a phone fetches of the feed a day, at 10,000 correspondents: see README.md.
const CORRESPONDENTS = 10_000
const LISTED_DAYS = 91
const DAYS = 7
const NET_BYTES_A_SECOND = 5_000
const LIMIT_BYTES = 130_000
const DAY = "2026-03-01"
const random = (byteLength: number): Uint8Array => p.random(byteLength)

/** Bytes of a day's feed, by what they say. */
interface DayBytes {
  readonly head: number
  readonly receipts: number
  readonly bucket: number
  readonly bulletin: number
  readonly cardShare: number
  readonly whole: number
}

const seed = p.random(32)
const units = Array.from({ length: CORRESPONDENTS }, () => p.random(32))
const buckets = bucketCount(CORRESPONDENTS)
const terms = await Promise.all(
  ["2026-02-15", "2026-03-17", "2026-04-16", "2026-05-16"].map(async (from) => ({
    from,
    recipient: await identityToRecipient(await generateHybridIdentity()),
  })),
)
const relays = ["https://relay.example", `http://${"a".repeat(56)}.onion`].map((url) => ({
  url,
  road: url.endsWith(".onion") ? ("onion" as const) : ("https" as const),
}))
const key = toBase64Url(await p.publicKey(seed))
const card = await signCard({ name: "A desk", key, successor: "0".repeat(64), relays, terms }, seed, p)
// A page of Persian, each day another.
const bulletin = (day: number): Uint8Array =>
  encodeBulletin({ v: 1, day: DAY, language: "fa", title: `${day}`, words: "خبر ".repeat(300) })

const profiles = []
for (const [name, reportsADay] of [
  ["a report each in 90 days", Math.ceil(CORRESPONDENTS / 90)],
  ["a report each in 14 days", Math.ceil(CORRESPONDENTS / 14)],
] as const) {
  const days: DayBytes[] = []
  for (let day = 0; day < DAYS; day++) days.push(await measureDay(reportsADay, day))
  const of = (what: keyof DayBytes): number => median(days.map((one) => one[what]))
  const total = of("head") + of("receipts") + of("bucket") + of("bulletin") + of("cardShare")
  profiles.push({
    name,
    reportsADay,
    headBytes: of("head"),
    receiptBytes: of("receipts"),
    bucketBytes: of("bucket"),
    bulletinBytes: of("bulletin"),
    cardBytesOver30Days: of("cardShare"),
    bytesADay: total,
    secondsOn2G: round(total / NET_BYTES_A_SECOND),
    wholeFileBytes: of("whole"),
  })
}
const result = { correspondents: CORRESPONDENTS, buckets, profiles }
for (const { name, bytesADay, secondsOn2G } of profiles) {
  const met = bytesADay <= LIMIT_BYTES
  console.log(
    met ? "met   " : "MISSED",
    name,
    `${bytesADay} B a day, ${secondsOn2G} s on 2G, <= ${LIMIT_BYTES} B`,
  )
  if (!met) process.exitCode = 1
}
const baseline = new URL("baseline.json", import.meta.url)
if (process.argv.includes("--write")) writeFileSync(baseline, `${JSON.stringify(result, null, 2)}\n`)
console.log("now     ", JSON.stringify(result))
console.log("baseline", JSON.stringify(JSON.parse(readFileSync(baseline, "utf8"))))

/** One number of a feed that lists 91 days of receipts and answers every report of the day, read back whole. */
async function measureDay(reportsADay: number, day: number): Promise<DayBytes> {
  const set = (): Uint8Array =>
    encodeReceiptSet(
      Array.from({ length: reportsADay }, () => random(16)),
      random,
    )
  const receipts = Array.from({ length: LISTED_DAYS }, set)
  const lists: Uint8Array[][] = Array.from({ length: buckets }, () => [])
  for (let i = 0; i < reportsADay; i++) {
    const unit = units[Math.floor((i * CORRESPONDENTS) / reportsADay)] as Uint8Array
    const slot = await sealReply(startChain(p.random(32)), "Thank you.", p)
    lists[bucketOf(unit, replyEpoch(DAY) + day, buckets)]?.push(slot)
  }
  const filled = fillBuckets(lists, random)
  const words = bulletin(day)
  const wish = { number: 100 + day, previous: "0".repeat(64), day: DAY, card, receipts, bulletins: [words] }
  const sample = await sampleFeed(seed, { ...wish, slots: filled.slots, buckets: filled.buckets }, p)
  if ((await openWholeFeed(sample.whole, p)).partsByHash.size !== sample.parts.length) {
    throw new Error("the feed was not read back whole")
  }
  return {
    head: sample.headBytes.length,
    receipts: receipts.at(-1)?.length ?? 0,
    bucket: filled.buckets[0]?.length ?? 0,
    bulletin: words.length,
    cardShare: Math.ceil(utf8Bytes(card).length / 30),
    whole: sample.whole.length,
  }
}
