import { toBase64Url, toHex } from "@govah/core/bytes"
import { type Card, signCard } from "@govah/core/card"
import { encodeReceiptSet, listedParts, backTag } from "@govah/core/feed"
import { openRoot } from "@govah/core/open"
import { fillBuckets, nextChain, sealReply, startChain } from "@govah/core/reply"
import { type SampleFeed, sampleFeed } from "@govah/core/testing"
import { nodePrimitives as p } from "@govah/node"
import { bech32 } from "@scure/base"
import { generateHybridIdentity, identityToRecipient } from "age-encryption"
import { expect, test } from "vitest"
import { type FieldHome, openHome } from "../home/index.ts"
import { type Road, RoadError } from "../road/index.ts"
import { type CrashingDrawer, crashingDrawer } from "../testing/crashing-drawer.ts"
import { bare, locked } from "../testing/locked.ts"
import { PLAIN_REPORT } from "../testing/plain-report.ts"

const DAY = "2026-03-01"
const identity = await generateHybridIdentity()
const deskSeed = p.random(32)
const key = toBase64Url(await p.publicKey(deskSeed))
const random = (byteLength: number): Uint8Array => p.random(byteLength)

async function cardOf(seed = deskSeed, recipient?: string): Promise<string> {
  const terms = [{ from: "2020-01-01", recipient: recipient ?? (await identityToRecipient(identity)) }]
  const relays: Card["relays"] = [{ url: "https://a.example", road: "https" }]
  const desk = toBase64Url(await p.publicKey(seed))
  return await signCard({ name: "Desk", key: desk, successor: "0".repeat(64), relays, terms }, seed, p)
}

interface Place {
  readonly home: FieldHome
  readonly drawer: CrashingDrawer
  readonly asked: string[]
  readonly shown: string[]
  check(): Promise<unknown>
}

async function place(
  files: ReadonlyMap<string, Uint8Array> = new Map(),
  under: typeof locked = locked,
): Promise<Place> {
  const asked: string[] = []
  const shown: string[] = []
  const road: Road = {
    post: () => Promise.reject(new RoadError("unreachable", "nobody posts here")),
    get: async (url) => {
      const path = new URL(url).pathname
      asked.push(path)
      const body = files.get(path)
      return body === undefined
        ? { status: 404, body: new Uint8Array() }
        : { status: 200, body: body.slice() }
    },
  }
  const drawer = crashingDrawer(0, false)
  const home = await openHome({ drawer: under(drawer, p), road, open: { onion: false }, primitives: p })
  return { home, drawer, asked, shown, check: () => home.check((words) => void shown.push(words)) }
}

const keys = () => ({ seed: p.random(32), back: p.random(32) })

/** Numbers of a feed: `slots` in the only bucket of each, and one set of receipts in each. */
async function feedOf(
  numbers: readonly { tags: Uint8Array[]; slots: Uint8Array[] }[],
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  const sets: Uint8Array[] = []
  let previous: string | null = null
  for (const [i, { tags, slots }] of numbers.entries()) {
    sets.push(encodeReceiptSet(tags, random))
    const made = fillBuckets([slots], random)
    const wish = { number: i + 1, previous, day: DAY, card: await cardOf(), receipts: [...sets], ...made }
    const sample: SampleFeed = await sampleFeed(deskSeed, wish, p)
    files.set(`/feed/${key}/head`, sample.headBytes).set(`/feed/${key}/${i + 1}`, sample.headBytes)
    for (const [at, { sha256 }] of listedParts(sample.head).entries())
      files.set(`/feed/${key}/part/${sha256}`, sample.parts[at] as Uint8Array)
    previous = toHex(await p.sha256(sample.headBytes))
  }
  return files
}

test("who comes back finds what arrived and every answer, also in numbers before the newest; other words find nothing", async () => {
  const [mine, others] = [keys(), keys()]
  const chain = startChain(mine.back)
  const files = await feedOf([
    { tags: [backTag(mine.back, 1)], slots: [await sealReply(chain, "first", p)] },
    { tags: [backTag(others.back, 1)], slots: [] },
    { tags: [backTag(mine.back, 2)], slots: [await sealReply(nextChain(chain), "second", p)] },
  ])
  const back = await place(files)
  await back.home.enrolWitness(await cardOf(), { keys: mine, cameBack: true })
  await back.check()
  expect(back.shown).toEqual(["first", "second"])
  expect(await back.home.arrivedUnderWords()).toBe(2)

  const wrong = await place(files)
  await wrong.home.enrolWitness(await cardOf(), { keys: keys(), cameBack: true })
  await wrong.check()
  expect(wrong.shown).toEqual([])
  expect(await wrong.home.arrivedUnderWords()).toBe(0)
  // A relay sees the same of both, and of a witness who is new.
  const fresh = await place(files)
  await fresh.home.enrolWitness(await cardOf(), { keys: keys(), cameBack: false })
  await fresh.check()
  expect(wrong.asked).toEqual(back.asked)
  expect(fresh.asked).toEqual(back.asked)
})

/** Tries every secret on a root as whatever could open it: either kind of age identity. @returns how often it opened. */
async function opensWith(secrets: readonly Uint8Array[], cells: readonly Uint8Array[]): Promise<number> {
  let opened = 0
  for (const secret of secrets) {
    for (const prefix of ["age-secret-key-", "age-secret-key-pq-"]) {
      const tried = bech32.encode(prefix as "a", bech32.toWords(secret), false).toUpperCase()
      for (const cell of cells)
        if ((await openRoot(cell, [tried], key, p).catch(() => null)) !== null) opened++
    }
  }
  return opened
}

async function keptCells(home: FieldHome): Promise<readonly Uint8Array[]> {
  const id = await home.keep(PLAIN_REPORT, [], DAY)
  const cells = await home.outbox.cells(id)
  return await Promise.all(cells.map((cell) => home.outbox.readCell(id, cell)))
}

test("whoever learns the words opens no report with what follows from them; a report sealed to them too is opened", async () => {
  const mine = keys()
  const { home } = await place()
  await home.enrolWitness(await cardOf(), { keys: mine, cameBack: false })
  const chain = startChain(mine.back)
  const secrets = [mine.seed, mine.back, await p.publicKey(mine.seed), chain, nextChain(chain)]
  expect(await opensWith(secrets, await keptCells(home))).toBe(0)
  // Positive control: a card that seals to an identity made of the words.
  const weak = bech32.encode("age-secret-key-pq-" as "a", bech32.toWords(mine.back), false).toUpperCase()
  const other = await place()
  const card = await cardOf(deskSeed, await identityToRecipient(weak))
  await other.home.enrolWitness(card, { keys: mine, cameBack: false })
  expect(await opensWith(secrets, await keptCells(other.home))).toBe(1)
})

async function everything(drawer: CrashingDrawer): Promise<string> {
  let all = ""
  for (const name of await drawer.names()) {
    const file = await drawer.open(name, false)
    if (file === null) continue
    all += `${name} ${Buffer.from(await file.read(0, await file.size())).toString("latin1")}`
    await file.close()
  }
  return all
}

test("forgetting leaves no key, also where nothing is sealed; what waits stays, for this desk alone", async () => {
  const mine = keys()
  const { home, drawer } = await place(new Map(), bare)
  await home.enrolWitness(await cardOf(), { keys: mine, cameBack: false })
  await home.keep(PLAIN_REPORT, [], DAY)
  const traces = [mine.seed, mine.back, startChain(mine.back)].map(toBase64Url)
  // Positive control: before, the same look finds them.
  const before = await everything(drawer)
  expect(traces.map((trace) => before.includes(trace))).toEqual([true, true, true])
  await home.forgetWitness()
  const after = await everything(drawer)
  expect(traces.map((trace) => after.includes(trace))).toEqual([false, false, false])
  expect(await home.enrolment()).toBeNull()
  expect((await home.outbox.list()).map(({ state }) => state)).toEqual(["kept"])
  await expect(
    home.enrolWitness(await cardOf(p.random(32)), { keys: null, cameBack: false }),
  ).rejects.toMatchObject({ code: "already-enrolled" })
  await home.enrolWitness(await cardOf(), { keys: keys(), cameBack: false })
  expect((await home.enrolment())?.invitation).toBeNull()
})

test("a unit is not forgotten, and one place has one witness", async () => {
  const { home } = await place()
  await home.enrolWitness(await cardOf(), { keys: null, cameBack: false })
  expect(await home.arrivedUnderWords()).toBeNull()
  await expect(home.enrolWitness(await cardOf(), { keys: null, cameBack: false })).rejects.toMatchObject({
    code: "already-enrolled",
  })
})
