import { createHash } from "node:crypto"
import { fromBase64Url, toHex } from "@govah/core/bytes"
import { encodeBulletin } from "@govah/core/bulletin"
import { formatInvitation, signCard } from "@govah/core/card"
import { CELL_BYTES, looksLikeRoot } from "@govah/core/cell"
import { encodeReceiptSet, listedParts, openReceiptSet, receiptSetHas, receiptTag } from "@govah/core/feed"
import { ageFileKey, openRoot } from "@govah/core/open"
import { chunkNonce, payloadKey } from "@govah/core/parcel"
import type { Report } from "@govah/core/report"
import { type SampleFeed, sampleFeed } from "@govah/core/testing"
import { nodePrimitives as p } from "@govah/node"
import { generateHybridIdentity, identityToRecipient } from "age-encryption"
import { expect, test } from "vitest"
import type { SavedDraft } from "../draft/index.ts"
import { type FieldHome, openHome } from "../home/index.ts"
import { type Road, RoadError } from "../road/index.ts"
import { writeValue } from "../store/index.ts"
import { crashingDrawer } from "../testing/crashing-drawer.ts"
import { bare, locked } from "../testing/locked.ts"
import { PLAIN_REPORT } from "../testing/plain-report.ts"

const DAY = "2026-03-01"
const WORDS = "what was seen at the crossing"
const PLACE = "a street that only one person knows"
const REPORT: Report = { ...PLAIN_REPORT, text: WORDS }
const RELAY = "https://relay.example"
const identity = await generateHybridIdentity()
const seed = p.random(32)
const desk = Buffer.from(await p.publicKey(seed)).toString("base64url")
const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")
const card = await signCard(
  {
    name: "Desk of the crossing",
    key: desk,
    successor: "0".repeat(64),
    relays: [{ url: RELAY, road: "https" }],
    terms: [{ from: "2020-01-01", recipient: await identityToRecipient(identity) }],
  },
  seed,
  p,
)

interface Seized {
  /** The disk as it is found: name to bytes. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** The whole public feed. */
  readonly feed: SampleFeed
  /** The root cells of what still waits. */
  readonly roots: readonly Uint8Array[]
}

const DRAFT: Omit<SavedDraft, "text"> = {
  v: 1,
  on: DAY,
  place: { name: "", province: "", precision: "town", found: null },
  when: { chosen: "unsaid", about: false, day: null, last: null },
  basis: null,
  claims: [],
  action: null,
  consent: { publish: "nothing", from: "any", day: null },
  media: false,
}

/** A phone that kept three reports, heard the feed and was seized; one of the reports is in the desk's receipts by then. */
async function seize(
  under: typeof locked,
  plant: (home: FieldHome, root: Uint8Array) => Promise<string | null> = async () => null,
): Promise<Seized> {
  const disk = crashingDrawer(0, false)
  const drawer = under(disk, p)
  const served = new Map<string, Uint8Array>()
  const road: Road = {
    post: () => Promise.reject(new RoadError("unreachable", "nobody posts here")),
    get: async (url) => {
      const body = served.get(new URL(url).pathname)
      return body === undefined
        ? { status: 404, body: new Uint8Array() }
        : { status: 200, body: body.slice() }
    },
  }
  const home = await openHome({ drawer, road, open: { onion: false }, primitives: p })
  const secret = Buffer.from(p.random(16)).toString("base64url")
  await home.enrol(formatInvitation(card, secret, "2099-01-01"), DAY)
  await home.saveDraft({ ...DRAFT, text: "half a sentence" })
  const face = { at: `${DAY}T10:00`, kind: "words", place: PLACE, thumbnail: null } as const
  const roots: Uint8Array[] = []
  const tags: Uint8Array[] = []
  for (let i = 0; i < 3; i++) {
    const id = await home.keep(REPORT, [], DAY, face)
    for (const cell of await home.outbox.cells(id)) {
      const bytes = await home.outbox.readCell(id, cell)
      if (!looksLikeRoot(bytes)) continue
      roots.push(bytes)
      const root = await openRoot(bytes, [identity], desk, p)
      tags.push(receiptTag(fromBase64Url(root?.document.arrived as string) as Uint8Array, "arrived"))
    }
  }
  const bulletin = encodeBulletin({ v: 1, day: DAY, language: "en", title: "News", words: "All is well." })
  const wish = { number: 1, previous: null, day: DAY, card, bulletins: [bulletin] }
  const random = (byteLength: number): Uint8Array => p.random(byteLength)
  // Heard before the receipts came: that is the moment at which there is something to link.
  const heard = await sampleFeed(seed, { ...wish, receipts: [] }, p)
  served.set(`/feed/${desk}/head`, heard.headBytes)
  for (const [i, { sha256 }] of listedParts(heard.head).entries())
    served.set(`/feed/${desk}/part/${sha256}`, heard.parts[i] as Uint8Array)
  await home.check(() => undefined)
  const feed = await sampleFeed(seed, { ...wish, receipts: [encodeReceiptSet(tags, random)] }, p)
  const planted = await plant(home, roots[0] as Uint8Array)
  if (planted !== null) await writeValue(drawer, "planted", planted)
  const files = new Map<string, Uint8Array>()
  for (const name of await disk.names()) {
    const file = await disk.open(name, false)
    if (file !== null) files.set(name, await file.read(0, await file.size()))
  }
  return { files, feed, roots }
}

/** Everything that could be a key or secret: each window of the files that are not cells, and what is spelt in text. */
function candidatesOf(files: ReadonlyMap<string, Uint8Array>, bytes: number): readonly Uint8Array[] {
  const found: Uint8Array[] = []
  for (const [name, file] of files) {
    if (name.startsWith("cells-")) continue
    const text = Buffer.from(file).toString("latin1")
    const chars = Math.ceil((bytes * 4) / 3)
    for (const [spelt] of text.matchAll(new RegExp(`(?<![\\w-])[\\w-]{${chars}}(?![\\w-])`, "g")))
      found.push(new Uint8Array(Buffer.from(spelt, "base64url")))
    // Raw ones lie at the start of a field.
    for (let at = 0; at + bytes <= file.length; at += 256) {
      const window = file.subarray(at, at + bytes)
      if (window.some((byte) => byte !== 0)) found.push(window)
    }
  }
  return found
}

/** What ties this phone to the public feed. */
function linksOf({ files, feed }: Seized): readonly string[] {
  const links = new Set<string>()
  const set = openReceiptSet(
    feed.parts.find((_, i) => {
      const listed = listedParts(feed.head)[i]
      return feed.head.receipts.some(({ sha256 }) => sha256 === listed?.sha256)
    }) as Uint8Array,
  )
  for (const secret of candidatesOf(files, 32))
    if (receiptSetHas(set, receiptTag(secret, "arrived"))) links.add("a receipt")
  const known: [string, string][] = [
    ["the desk's key", desk],
    ["a relay's address", RELAY],
    ["the draft", "half a sentence"],
    ["the place", PLACE],
    ...listedParts(feed.head).map(({ sha256 }): [string, string] => ["a part's name", sha256]),
    ["a bulletin", "All is well."],
  ]
  for (const [name, file] of files)
    for (const [what, mark] of known)
      if (name.includes(mark) || Buffer.from(file).includes(mark)) links.add(what)
  return [...links].sort()
}

test("a seized phone without its passphrase, and the whole public feed, link it to no receipt, desk or bulletin", async () => {
  expect(linksOf(await seize(locked))).toEqual([])
  // Control: the same store without seals, as it was before there was a lock, gives all of it away to the same search.
  expect(linksOf(await seize(bare))).toEqual([
    "a bulletin",
    "a part's name",
    "a receipt",
    "a relay's address",
    "the desk's key",
    "the draft",
    "the place",
  ])
})

test("what the disk shows of two phones, one that did much and one that did nothing but wait, is their cells", async () => {
  const shape = (files: ReadonlyMap<string, Uint8Array>): readonly string[] =>
    [...files]
      .filter(([name]) => !/^(cells|record|acked|said|feed-)/.test(name))
      .map(([name, file]) => `${name} ${file.length}`)
      .sort()
  const busy = await seize(locked)
  const disk = crashingDrawer(0, false)
  await openHome({
    drawer: locked(disk, p),
    road: { post: never, get: never },
    open: { onion: false },
    primitives: p,
  })
  const idle = new Map<string, Uint8Array>()
  for (const name of await disk.names()) {
    const file = await disk.open(name, false)
    if (file !== null) idle.set(name, await file.read(0, await file.size()))
  }
  expect(shape(busy.files)).toEqual(shape(idle))
})

test("with the passphrase and every key that is kept, no kept parcel opens", async () => {
  // What the passphrase gives is what lies there without seals.
  const tried = await seize(bare)
  expect(await opensOf(tried)).toBe(0)
  const names = [...tried.files.values()].map((file) => Buffer.from(file))
  expect(names.some((file) => file.includes(WORDS))).toBe(false)
  // Control: a phone that keeps the key of what it sealed is opened by the same trial.
  const careless = await seize(bare, async (_, root) => {
    const key = await ageFileKey(root, [identity])
    return Buffer.from(key?.fileKey as Uint8Array).toString("base64url")
  })
  expect(await opensOf(careless)).toBe(1)
})

async function opensOf({ files, roots }: Seized): Promise<number> {
  const keys = new Map(
    [...candidatesOf(files, 16), ...candidatesOf(files, 32).map((one) => one.subarray(0, 16))].map((key) => [
      toHex(key),
      key,
    ]),
  )
  let opened = 0
  for (const root of roots) {
    expect(root).toHaveLength(CELL_BYTES)
    const header = Buffer.from(root).indexOf("\n", Buffer.from(root).indexOf("\n---") + 1) + 1
    const payload = root.subarray(header)
    for (const key of keys.values()) {
      const plain = await p.aeadOpen(
        payloadKey(key, payload.subarray(0, 16)),
        chunkNonce(0, true),
        payload.subarray(16),
      )
      if (plain !== null) opened++
    }
  }
  return opened
}

async function never(): Promise<never> {
  throw new RoadError("unreachable", "nobody is there")
}

test("the desk's hash of a head is in no name", async () => {
  const { files, feed } = await seize(locked)
  expect([...files.keys()].join("\n")).not.toContain(hashOf(feed.headBytes))
  expect([...files.keys()].filter((name) => /^(said|feed)-[0-9a-f]{16}$/.test(name))).toHaveLength(2)
})
