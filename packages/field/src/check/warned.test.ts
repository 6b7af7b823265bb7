import { createHash } from "node:crypto"
import { cellId, encodeBitmap, splitBundle } from "@govah/core/cell"
import { type Card, formatInvitation, signCard } from "@govah/core/card"
import { listedParts, type Warning } from "@govah/core/feed"
import { type SampleFeed, sampleFeed } from "@govah/core/testing"
import { encodePrice } from "@govah/core/work"
import { nodePrimitives as p } from "@govah/node"
import { generateHybridIdentity, identityToRecipient } from "age-encryption"
import { expect, test } from "vitest"
import { type FieldHome, openHome } from "../home/index.ts"
import type { Road } from "../road/index.ts"
import { delivered, isSent, sendToRelays } from "../send/index.ts"
import type { Drawer } from "../store/index.ts"
import { crashingDrawer } from "../testing/crashing-drawer.ts"
import { locked } from "../testing/locked.ts"
import { PLAIN_REPORT } from "../testing/plain-report.ts"
import { withoutWarned } from "./warned.ts"

const DAY = "2026-03-01"
const URLS = ["https://a.example", "https://b.example", "https://c.example"] as const
const seed = p.random(32)
const key = Buffer.from(await p.publicKey(seed)).toString("base64url")
const recipient = await identityToRecipient(await generateHybridIdentity())

async function cardText(urls: readonly string[], from = "2020-01-01"): Promise<string> {
  const relays = urls.map((url) => ({ url, road: "https" as const }))
  const card: Card = { name: "Desk", key, successor: "0".repeat(64), relays, terms: [{ from, recipient }] }
  return await signCard(card, seed, p)
}

function warning(kind: Warning["kind"], subject: string | null): Warning {
  return { kind, day: DAY, subject, words: "Leave it." }
}

/** The network between a phone and three relays, all of which serve the same feed and take every cell. */
function network(): { road: Road; asked: string[]; files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>()
  const asked: string[] = []
  const hostOf = (url: string): string => new URL(url).origin
  return {
    asked,
    files,
    road: {
      get: async (url, maxBytes) => {
        asked.push(hostOf(url))
        const { pathname } = new URL(url)
        const price = encodePrice({ bits: 3, day: 1, relay: p.random(16), tokenKeys: [] })
        const body = pathname.startsWith("/feed/") ? files.get(pathname) : price
        if (body === undefined || body.length > maxBytes) return { status: 404, body: new Uint8Array() }
        return { status: 200, body: body.slice() }
      },
      post: async (url, body) => {
        asked.push(hostOf(url))
        const ids = await Promise.all(splitBundle(body).cells.map((cell) => cellId(cell, p)))
        const joined = Buffer.from(ids.join(""), "hex")
        const digest = createHash("sha256").update(joined).digest()
        return { status: 200, body: Buffer.concat([encodeBitmap(ids.map(() => true)), digest]) }
      },
    },
  }
}

interface Phone {
  readonly home: FieldHome
  readonly drawer: Drawer
  readonly road: Road
  /** Who was asked since the last look, without repetition. */
  look(): readonly string[]
  /** The desk says this in its next number, which relays serve from now on. */
  say(warnings: readonly Warning[], card?: string): Promise<SampleFeed>
}

async function phone(): Promise<Phone> {
  const { road, asked, files } = network()
  const drawer = crashingDrawer(0, false)
  const home = await openHome({ drawer: locked(drawer, p), road, open: { onion: false }, primitives: p })
  await home.enrol(formatInvitation(await cardText(URLS), "A".repeat(22), "2099-01-01"), DAY)
  let before: SampleFeed | null = null
  return {
    home,
    drawer,
    road,
    look: () => [...new Set(asked.splice(0))].sort(),
    say: async (warnings, card) => {
      const previous: string | null =
        before === null ? null : createHash("sha256").update(before.headBytes).digest("hex")
      const number: number = (before?.head.number ?? 0) + 1
      const cardOf = card ?? (await cardText(URLS))
      const wish = { number, previous, day: DAY, card: cardOf, warnings: [...warnings] }
      const said = await sampleFeed(seed, wish, p)
      before = said
      files.set(`/feed/${key}/head`, said.headBytes)
      files.set(`/feed/${key}/${said.head.number}`, said.headBytes)
      for (const [i, { sha256 }] of listedParts(said.head).entries())
        files.set(`/feed/${key}/part/${sha256}`, said.parts[i] as Uint8Array)
      return said
    },
  }
}

test("a relay that the desk warns of is sent nothing and asked nothing, and what it has counts no more", async () => {
  const { home, road, look, say } = await phone()
  await home.keep(PLAIN_REPORT, [], DAY)
  await say([])
  await home.check(() => {})
  await home.send(null)
  expect(look()).toEqual([...URLS])
  const first = (await home.outbox.list())[0] as Awaited<ReturnType<FieldHome["outbox"]["list"]>>[number]
  // One of those that have it is burnt.
  const burnt = [...first.acknowledged.keys()][0] as string
  await say([warning("relay", `${burnt}/`)])
  const { visits } = await home.check(() => {})
  // The one that brought the warning may be the burnt one itself; nobody is asked after it was heard.
  expect(visits.find(({ relay }) => relay === burnt)?.state).toBe(burnt === URLS[0] ? "heard" : "warned")
  look()
  const sendings = await home.send(null)
  await home.keep(PLAIN_REPORT, [], DAY)
  await home.send(null)
  await home.check(() => {})
  const others = URLS.filter((url) => url !== burnt)
  expect(look()).toEqual(others)
  expect(sendings.find(({ relay }) => relay === burnt)?.error?.code).toBe("warned")
  expect((await home.relays()).map(({ url }) => url)).toEqual(others)
  for (const parcel of await home.outbox.list()) expect(isSent(parcel, await home.relays())).toBe(true)
  // Positive control: whoever goes by the card alone is seen to use it, as soon as there is something to send.
  await home.keep(PLAIN_REPORT, [], DAY)
  const relays = URLS.slice(URLS.indexOf(burnt as (typeof URLS)[number])).slice(0, 1)
  const card = relays.map((url) => ({ url, road: "https" as const }))
  await sendToRelays(card, null, { outbox: home.outbox, road, open: { onion: false }, primitives: p })
  expect(look()).toEqual([burnt])
})

test("a warning that comes alone, without a bulletin or a call, is said, also after a restart", async () => {
  const { home, drawer, road, say } = await phone()
  const alone = warning("relay", URLS[0])
  await say([alone])
  const told = { day: DAY, warnings: [alone], bulletins: [], calls: [] }
  expect((await home.check(() => {})).said).toEqual(told)
  const again = await openHome({ drawer: locked(drawer, p), road, open: { onion: false }, primitives: p })
  expect(await again.said()).toEqual(told)
})

test("where all are named nothing leaves at all, over a restart too, until a file brings other roads or ends the warning", async () => {
  const { home, drawer, road, look, say } = await phone()
  await home.keep(PLAIN_REPORT, [], DAY)
  await say([warning("road", " HTTPS ")])
  await home.check(() => {})
  look()
  const again = await openHome({ drawer: locked(drawer, p), road, open: { onion: false }, primitives: p })
  for (const each of [home, again]) {
    const sendings = await each.send(null)
    expect(sendings.map(({ error }) => error?.code)).toEqual(["warned", "warned", "warned"])
    const { visits } = await each.check(() => {})
    expect(visits.map(({ state }) => state)).toEqual(["warned", "warned", "warned"])
    expect(await each.relays()).toEqual([])
  }
  expect(look()).toEqual([])
  const kept = await home.outbox.list()
  expect(kept.every((parcel) => !isSent(parcel, []))).toBe(true)
  expect(delivered(kept, [])).toEqual({ acknowledged: 0, total: 0 })
  // A file brings the word that it is over.
  const { whole } = await say([])
  expect((await again.hear(whole, () => {})).state).toBe("heard")
  expect((await again.send(null)).every(({ error }) => error === null)).toBe(true)
  expect(look()).not.toEqual([])
})

test("the visit that warns of all relays still brings the card that names others, and they are used", async () => {
  const { home, look, say } = await phone()
  await home.keep(PLAIN_REPORT, [], DAY)
  const other = "https://other.example"
  await say(
    URLS.map((url) => warning("relay", url)),
    await cardText([...URLS, other], "2026-02-01"),
  )
  await home.check(() => {})
  look()
  await home.send(null)
  expect(look()).toEqual([other])
})

test("a head that cannot be read any more leaves nothing to send by, and is fetched anew", async () => {
  const { home, drawer, look, say } = await phone()
  await home.keep(PLAIN_REPORT, [], DAY)
  await say([warning("relay", URLS[0])])
  await home.check(() => {})
  for (const name of await drawer.names()) if (name.startsWith("feed-")) await drawer.remove(name)
  look()
  await home.send(null)
  expect(look()).toEqual([])
  await home.check(() => {})
  look()
  await home.send(null)
  expect(look()).toEqual([URLS[1], URLS[2]])
})

test.each([
  ["relay", "https://a.example:8443", [0]],
  ["relay", "A.Example", [0, 1]],
  ["relay", "a.example.", [0, 1]],
  ["relay", "a.example:443", [1]],
  ["relay", "راه شمال، https://a.example:8443/cells، نه", [0]],
  ["relay", "https://a.example:8443/, http://10.0.0.7", [0, 3]],
  ["relay", "http://10.0.0.7:80", [3]],
  ["relay", "[fe80::1]", [4]],
  ["relay", "[fe80::1]:8080", [4]],
  ["road", "a.example", [0, 1]],
  ["road", "onion", [2]],
  ["road", "LAN", [3, 4]],
  // What only looks like it, and what is not about relays.
  ["relay", "aa.example", []],
  ["relay", "a.example.org", []],
  ["relay", "a.example:9", []],
  ["relay", "https", []],
  ["relay", null, []],
  ["road", "https://x.example", []],
  ["road", null, []],
  ["unit", "a.example", []],
  ["other", "a.example", []],
] as const)("a warning about a %s that says %j names %j", (kind, subject, named) => {
  const relays = [
    { url: "https://a.example:8443/here", road: "https" },
    { url: "https://a.example", road: "https" },
    { url: `http://${"a".repeat(56)}.onion`, road: "onion" },
    { url: "http://10.0.0.7", road: "lan" },
    { url: "http://[fe80::1]:8080", road: "lan" },
  ] as const
  const left = withoutWarned(relays, [warning(kind, subject)])
  expect(relays.flatMap((relay, i) => (left.includes(relay) ? [] : [i]))).toEqual(named)
})
