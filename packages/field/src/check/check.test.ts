import { createHash } from "node:crypto"
import { utf8Bytes } from "@govah/core/bytes"
import { encodeBulletin } from "@govah/core/bulletin"
import { type Card, formatInvitation, signCard } from "@govah/core/card"
import { encodeReceiptSet, listedParts, receiptTag } from "@govah/core/feed"
import { bucketOf, fillBuckets, nextChain, replyEpoch, sealReply, startChain } from "@govah/core/reply"
import { openRoot } from "@govah/core/open"
import { type SampleFeed, sampleFeed, type SampleWish } from "@govah/core/testing"
import { nodePrimitives as p } from "@govah/node"
import { generateHybridIdentity, identityToRecipient } from "age-encryption"
import { expect, test } from "vitest"
import { type FieldHome, openHome } from "../home/index.ts"
import { type Road, RoadError } from "../road/index.ts"
import type { Drawer } from "../store/index.ts"
import { crashingDrawer } from "../testing/crashing-drawer.ts"
import { bare, locked } from "../testing/locked.ts"
import { PLAIN_REPORT } from "../testing/plain-report.ts"

const DAY = "2026-03-01"
const identity = await generateHybridIdentity()
const seed = p.random(32)
const key = Buffer.from(await p.publicKey(seed)).toString("base64url")
const URLS = ["https://a.example", "https://b.example"] as const
const random = (byteLength: number): Uint8Array => p.random(byteLength)
const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

async function cardText(over: Partial<Card> = {}): Promise<string> {
  const terms = [{ from: "2020-01-01", recipient: await identityToRecipient(identity) }]
  const relays = URLS.map((url) => ({ url, road: "https" as const }))
  return await signCard({ name: "Desk", key, successor: "0".repeat(64), relays, terms, ...over }, seed, p)
}

/** A relay's static files, by path. The network between is the only thing here that is not real. */
interface Site {
  readonly files: Map<string, Uint8Array>
  readonly asked: string[]
}

function publish(site: Site, { head, headBytes, parts }: SampleFeed): void {
  site.files.set(`/feed/${key}/head`, headBytes)
  site.files.set(`/feed/${key}/${head.number}`, headBytes)
  for (const [i, { sha256 }] of listedParts(head).entries()) {
    site.files.set(`/feed/${key}/part/${sha256}`, parts[i] as Uint8Array)
  }
}

interface Phone {
  readonly home: FieldHome
  readonly drawer: Drawer
  readonly unit: Uint8Array
  readonly sites: readonly Site[]
  /** Replies that were shown. */
  readonly shown: string[]
  check(): ReturnType<FieldHome["check"]>
}

/** A phone that was enrolled just now. Each has connections of its own to the same two relays. */
async function phone(
  files: readonly Map<string, Uint8Array>[],
  under: typeof locked = locked,
): Promise<Phone> {
  const sites = files.map((one): Site => ({ files: one, asked: [] }))
  const road: Road = {
    post: () => Promise.reject(new RoadError("unreachable", "nobody posts here")),
    get: async (url, maxBytes) => {
      const site = sites[URLS.findIndex((one) => url.startsWith(one))]
      if (site === undefined) throw new RoadError("unreachable", "nobody is there")
      const path = new URL(url).pathname
      site.asked.push(path)
      const body = site.files.get(path)
      if (body === undefined) return { status: 404, body: new Uint8Array() }
      if (body.length > maxBytes) throw new RoadError("bad-answer", "too long")
      return { status: 200, body: body.slice() }
    },
  }
  const drawer = crashingDrawer(0, false)
  const home = await openHome({ drawer: under(drawer, p), road, open: { onion: false }, primitives: p })
  const secret = Buffer.from(random(16)).toString("base64url")
  await home.enrol(formatInvitation(await cardText(), secret, "2099-01-01"), DAY)
  const unit = await p.publicKey(((await home.enrolment()) as { seed: Uint8Array }).seed)
  const shown: string[] = []
  return { home, drawer, unit, sites, shown, check: () => home.check((words) => void shown.push(words)) }
}

/** What the desk finds in a parcel that a phone keeps. */
async function secretsOf(home: FieldHome, id: string): Promise<{ arrived: Uint8Array; reply: Uint8Array }> {
  const last = (await home.outbox.cells(id)).at(-1) as Parameters<typeof home.outbox.readCell>[1]
  const root = await openRoot(await home.outbox.readCell(id, last), [identity], key, p)
  const { arrived, reply } = (root as NonNullable<typeof root>).document
  return { arrived: Buffer.from(arrived, "base64url"), reply: Buffer.from(reply, "base64url") }
}

/** A number of the feed after another, with four buckets. */
async function numberAfter(
  before: SampleFeed | null,
  wish: SampleWish,
  slots: readonly (readonly [Uint8Array, Uint8Array])[] = [],
): Promise<SampleFeed> {
  const lists: Uint8Array[][] = [[], [], [], []]
  for (const [unit, slot] of slots) lists[bucketOf(unit, replyEpoch(DAY), 4)]?.push(slot)
  const { slots: size, buckets } = fillBuckets(lists, random)
  const previous = before === null ? null : hashOf(before.headBytes)
  const number = (before?.head.number ?? 0) + 1
  return await sampleFeed(
    seed,
    { number, previous, day: DAY, card: await cardText(), slots: size, buckets, ...wish },
    p,
  )
}

/** What a relay saw of a phone, but for which bucket it took. */
function seenBy({ asked }: Site, numbers: readonly SampleFeed[]): readonly string[] {
  const buckets = new Set(numbers.flatMap(({ head }) => head.replies.buckets))
  return asked.map((path) => (buckets.has(path.split("/").at(-1) as string) ? "a bucket" : path))
}

test("two phones ask for the same, whether they wait for receipts and replies or for nothing", async () => {
  const files = [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()]
  const [busy, idle] = [await phone(files), await phone(files)]
  const id = await busy.home.keep(PLAIN_REPORT, [], DAY)
  const second = await busy.home.keep(PLAIN_REPORT, [], DAY)
  const { arrived, reply } = await secretsOf(busy.home, id)
  const bulletin = encodeBulletin({ v: 1, day: DAY, language: "en", title: "News", words: "All is well." })
  const one = await numberAfter(null, {})
  const slot = await sealReply(startChain(reply), "Thank you.", p)
  const receipts = [...one.parts.slice(1, 2), encodeReceiptSet([receiptTag(arrived, "arrived")], random)]
  const two = await numberAfter(one, { receipts, bulletins: [bulletin] }, [[busy.unit, slot]])
  const three = await numberAfter(two, {
    receipts: [...receipts, encodeReceiptSet([], random)],
    bulletins: [bulletin],
  })
  const everybody = [busy, idle]
  for (const site of files) publish({ files: site, asked: [] }, one)
  for (const each of everybody) await each.check()
  for (const numbers of [two, three]) for (const site of files) publish({ files: site, asked: [] }, numbers)
  for (const each of everybody) await each.check()
  for (const each of everybody) await each.check()
  // What was found differs, and not what was asked.
  expect([busy.shown, idle.shown]).toEqual([["Thank you."], []])
  const states = new Map((await busy.home.outbox.list()).map((parcel) => [parcel.id, parcel.state]))
  expect(states).toEqual(
    new Map([
      [id, "arrived"],
      [second, "kept"],
    ]),
  )
  const all = [one, two, three]
  const asked = busy.sites.map((site) => seenBy(site, all))
  expect(asked).toEqual(idle.sites.map((site) => seenBy(site, all)))
  // One bucket a number, of one relay.
  expect(asked.flat().filter((path) => path === "a bucket")).toHaveLength(3)
  expect(asked[1]).toEqual(Array.from({ length: 3 }, () => `/feed/${key}/head`))
  // Positive control: a phone that asks only while it waits for something is told apart.
  const lazy = await phone(files)
  if ((await lazy.home.outbox.list()).length > 0) await lazy.check()
  expect(lazy.sites.map((site) => seenBy(site, all))).not.toEqual(asked)
})

test("what was read cannot be read again with what is left on the phone", async () => {
  const files = [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()]
  const unit = await phone(files, bare)
  const { reply } = await secretsOf(unit.home, await unit.home.keep(PLAIN_REPORT, [], DAY))
  const chains = [startChain(reply)]
  for (let i = 0; i < 2; i++) chains.push(nextChain(chains.at(-1) as Uint8Array))
  const kept = async (): Promise<string> => {
    const found: string[] = []
    for (const name of await unit.drawer.names()) {
      const file = await unit.drawer.open(name, false)
      found.push(Buffer.from((await file?.read(0, await file.size())) ?? []).toString("latin1"))
    }
    return found.join("\n")
  }
  const has = async (chain: Uint8Array): Promise<boolean> =>
    (await kept()).includes(Buffer.from(chain).toString("base64url"))
  // Control: before it is read, the key is there, and the search finds it; the root's secret never is.
  expect([await has(chains[0] as Uint8Array), await has(reply)]).toEqual([true, false])
  const slots = await Promise.all(chains.slice(0, 2).map((chain, i) => sealReply(chain, `reply ${i}`, p)))
  publish(
    { files: files[0] as Map<string, Uint8Array>, asked: [] },
    await numberAfter(
      null,
      {},
      slots.map((slot) => [unit.unit, slot] as const),
    ),
  )
  await unit.check()
  expect(unit.shown).toEqual(["reply 0", "reply 1"])
  expect(await Promise.all(chains.map(has))).toEqual([false, false, true])
  await unit.check()
  expect(unit.shown).toHaveLength(2)
})

test("the file of replies looks the same for a phone that has sent nothing and for one that has sent much", async () => {
  const files = [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()]
  publish({ files: files[0] as Map<string, Uint8Array>, asked: [] }, await numberAfter(null, {}))
  const sizes: number[] = []
  for (const parcels of [0, 3]) {
    const unit = await phone(files, bare)
    for (let i = 0; i < parcels; i++) await unit.home.keep(PLAIN_REPORT, [], DAY)
    await unit.check()
    const file = await unit.drawer.open("replies", false)
    const text = Buffer.from((await file?.read(0, await file.size())) ?? []).toString("latin1")
    sizes.push(text.match(/[A-Za-z0-9_-]{43}/g)?.length ?? 0)
  }
  expect(sizes).toEqual([64, 64])
})

test("replies of numbers that were missed are read, each in its bucket", async () => {
  const files = [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()]
  const site = { files: files[0] as Map<string, Uint8Array>, asked: [] }
  const unit = await phone(files)
  const { reply } = await secretsOf(unit.home, await unit.home.keep(PLAIN_REPORT, [], DAY))
  let last = await numberAfter(null, {})
  publish(site, last)
  await unit.check()
  let chain = startChain(reply)
  for (let i = 0; i < 4; i++) {
    last = await numberAfter(last, {}, [[unit.unit, await sealReply(chain, `reply ${i}`, p)]])
    publish(site, last)
    chain = nextChain(chain)
  }
  await unit.check()
  expect(unit.shown).toEqual(["reply 0", "reply 1", "reply 2", "reply 3"])
})

test("a head in between that another one does not name is a split, and both are kept as proof", async () => {
  const files = [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()]
  const site = { files: files[0] as Map<string, Uint8Array>, asked: [] }
  const unit = await phone(files)
  const one = await numberAfter(null, {})
  publish(site, one)
  await unit.check()
  const [two, other] = [await numberAfter(one, {}), await numberAfter(one, {})]
  const three = await numberAfter(two, {})
  publish(site, three)
  site.files.set(`/feed/${key}/2`, other.headBytes)
  const { visits } = await unit.check()
  expect(visits[0]).toMatchObject({ state: "refused", error: { code: "split" } })
  expect(visits[0]?.proof).toHaveLength(2)
  // Nothing was taken of it; when the relay tells the truth, all is.
  publish(site, two)
  publish(site, three)
  expect((await unit.check()).visits[0]).toMatchObject({ state: "heard" })
})

test("a part that is another, or is not there, stops one relay and not the next", async () => {
  const files = [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()]
  const unit = await phone(files)
  const { arrived } = await secretsOf(unit.home, await unit.home.keep(PLAIN_REPORT, [], DAY))
  const feed = await numberAfter(null, {
    receipts: [encodeReceiptSet([receiptTag(arrived, "arrived")], random)],
  })
  for (const site of files) publish({ files: site, asked: [] }, feed)
  const path = `/feed/${key}/part/${feed.head.receipts[0]?.sha256}`
  files[0]?.set(path, random(400))
  const wrong = await unit.check()
  expect(wrong.visits.map(({ state }) => state)).toEqual(["refused", "heard"])
  expect(wrong.visits[0]?.error?.code).toBe("bad-part")
  expect(wrong.arrived).toHaveLength(1)
})

test("warnings, bulletins and a new card come with the feed; another desk's card does not", async () => {
  const files = [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()]
  const site = { files: files[0] as Map<string, Uint8Array>, asked: [] }
  const unit = await phone(files)
  const moved = [{ url: "https://c.example", road: "https" as const }]
  const warning = { kind: "relay", day: DAY, subject: URLS[1], words: "It is burnt." } as const
  const bulletin = encodeBulletin({ v: 1, day: DAY, language: "en", title: "News", words: "All is well." })
  const one = await numberAfter(null, {
    card: await cardText({ relays: [...URLS.map((url) => ({ url, road: "https" as const })), ...moved] }),
    warnings: [warning],
    bulletins: [bulletin],
  })
  publish(site, one)
  const { said, heardOn } = await unit.check()
  expect(said).toMatchObject({ warnings: [warning], bulletins: [{ title: "News" }], calls: [] })
  expect(heardOn).toBe(DAY)
  expect((await unit.home.enrolment())?.card.relays.map(({ url }) => url)).toEqual([
    ...URLS,
    "https://c.example",
  ])
  // Signed by another desk, it changes nothing. What stands no longer is no longer said.
  const stranger = random(32)
  const foreign = { name: "Other", key: Buffer.from(await p.publicKey(stranger)).toString("base64url") }
  const theirs = await signCard(
    {
      ...foreign,
      successor: "0".repeat(64),
      relays: [],
      terms: [{ from: "2020-01-01", recipient: await identityToRecipient(identity) }],
    },
    stranger,
    p,
  )
  publish(site, await numberAfter(one, { card: theirs }))
  expect((await unit.check()).said).toMatchObject({ warnings: [], bulletins: [] })
  expect((await unit.home.enrolment())?.card.relays).toHaveLength(3)
  expect(await unit.home.said()).toMatchObject({ day: DAY, warnings: [] })
})

test("a number in one file gives what a relay gives, and an older one nothing", async () => {
  const files = [new Map<string, Uint8Array>(), new Map<string, Uint8Array>()]
  const unit = await phone(files)
  const { arrived, reply } = await secretsOf(unit.home, await unit.home.keep(PLAIN_REPORT, [], DAY))
  const one = await numberAfter(null, {})
  const slot = await sealReply(startChain(reply), "By stick.", p)
  const two = await numberAfter(
    one,
    { receipts: [encodeReceiptSet([receiptTag(arrived, "arrived")], random)] },
    [[unit.unit, slot]],
  )
  const hear = (bytes: Uint8Array) => unit.home.hear(bytes, (words) => void unit.shown.push(words))
  expect(await hear(two.whole)).toMatchObject({ state: "heard", arrived: [expect.any(String)] })
  expect(unit.shown).toEqual(["By stick."])
  expect((await hear(one.whole)).state).toBe("behind")
  expect((await hear((await numberAfter(one, {})).whole)).state).toBe("refused")
  expect((await hear(utf8Bytes("a song"))).state).toBe("other")
  expect((await hear(two.whole.subarray(0, -1))).state).toBe("other")
  expect(unit.shown).toHaveLength(1)
})
