import { readFileSync } from "node:fs"
import { nodePrimitives } from "@govah/node"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { fromHex, toBase64Url, utf8Bytes } from "../bytes/index.ts"
import { noblePrimitives } from "../primitives/index.ts"
import {
  type Act,
  type ChainHead,
  compareStamps,
  type Entry,
  foldLedger,
  followChain,
  headOf,
  LedgerError,
  nextStamp,
  openEntry,
  readEntryUnverified,
  signEntry,
  stateHash,
} from "./index.ts"

interface EntryVectors {
  readonly desk: string
  readonly member: string
  readonly nowMs: number
  readonly cases: readonly {
    readonly name: string
    readonly expect: string
    readonly head: ChainHead | null
    readonly entry: string
    readonly hash?: string
  }[]
}
interface StateVectors {
  readonly cases: readonly {
    readonly name: string
    readonly entries: readonly string[]
    readonly state: string
    readonly standings: Readonly<Record<string, string>>
  }[]
}
const entryVectors = vectors("ledger-entry") as EntryVectors
const stateVectors = vectors("ledger-state") as StateVectors
const noble = noblePrimitives((byteLength) => nodePrimitives.random(byteLength))

function vectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../../vectors/${name}.json`, import.meta.url), "utf8"))
}

describe.each([
  ["noble", noble],
  ["node", nodePrimitives],
])("entry vectors on %s", (_, primitives) => {
  test.each(entryVectors.cases)("$name", async ({ head, entry, expect: expected, hash }) => {
    const outcome = await followChain(head, utf8Bytes(entry), entryVectors, primitives).then(
      (read) => {
        expect(hash ?? read.hash).toBe(read.hash)
        return "accept"
      },
      (error: unknown) => {
        expect(error).toBeInstanceOf(LedgerError)
        return `reject:${(error as LedgerError).code}`
      },
    )
    expect(outcome).toBe(expected)
  })
})

test("more entries are refused than accepted", () => {
  const refused = entryVectors.cases.filter((c) => c.expect !== "accept").length
  expect(refused).toBeGreaterThan(entryVectors.cases.length / 2)
})

test.each(stateVectors.cases)("state vector: $name", async ({ entries, state, standings }) => {
  const read = await Promise.all(entries.map((entry) => openEntry(utf8Bytes(entry), nodePrimitives)))
  const folded = foldLedger(read)
  expect(await stateHash(folded, nodePrimitives)).toBe(state)
  expect(Object.fromEntries(folded.unitStandingByKey)).toEqual(standings)
})

const desk = toBase64Url(new Uint8Array(32).fill(7))
const roots = ["a", "b", "c"].map((digit) => digit.repeat(64))

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant("received" as const),
    root: fc.constantFrom(...roots),
    parcel: fc.constant("A".repeat(22)),
    unit: fc.constantFrom(...[1, 2, 3].map((n) => toBase64Url(new Uint8Array(32).fill(n)))),
    invitation: fc.constantFrom(null, "1".repeat(64), "2".repeat(64)),
    signature: fc.constantFrom("good" as const, "bad" as const),
    day: fc.constantFrom("2026-01-01", "2026-01-20"),
    road: fc.constant("relay" as const),
    from: fc.constant("https://relay.example"),
  }),
  fc.record({
    kind: fc.constant("received-part" as const),
    root: fc.constantFrom(...roots),
    part: fc.constantFrom("provisional" as const, "closing" as const),
    parcel: fc.constant("A".repeat(22)),
    unit: fc.constantFrom(null, toBase64Url(new Uint8Array(32).fill(1))),
    invitation: fc.constantFrom(null, "1".repeat(64)),
    closer: fc.constantFrom(...[4, 5].map((n) => toBase64Url(new Uint8Array(32).fill(n)))),
    provisional: fc.constantFrom(null, ...roots),
    signature: fc.constantFrom("good" as const, "bad" as const),
    day: fc.constantFrom("2026-01-01", "2026-01-20"),
    road: fc.constant("relay" as const),
    from: fc.constant("https://relay.example"),
  }),
  fc.record({
    kind: fc.constant("completed" as const),
    root: fc.constantFrom(...roots),
    cells: fc.constant(3),
  }),
  fc.record({
    kind: fc.constant("invited" as const),
    secret: fc.constantFrom("1".repeat(64), "2".repeat(64)),
    lastDay: fc.constant("2026-01-15"),
    label: fc.string({ unit: "binary", maxLength: 20 }).filter((text) => text.isWellFormed()),
  }),
  fc.record({
    kind: fc.constant("graded" as const),
    root: fc.constantFrom(...roots),
    grade: fc.record({
      reliability: fc.constantFrom("A" as const, "F" as const),
      credibility: fc.constantFrom(1 as const, 6 as const),
    }),
  }),
  fc.record({
    kind: fc.constant("noted" as const),
    root: fc.constantFrom(...roots),
    words: fc.string({ maxLength: 20 }),
  }),
)

/** Chains of up to three members, signed, with clocks that jump forward and back. */
async function chainsOf(steps: readonly { member: number; act: Act; clock: number }[]): Promise<Entry[]> {
  const heads = new Map<number, ChainHead>()
  const entries: Entry[] = []
  for (const { member, act: done, clock } of steps) {
    const head = heads.get(member) ?? null
    const seed = new Uint8Array(32).fill(100 + member)
    const at = nextStamp(head?.at ?? null, clock)
    const line = await signEntry({ desk, head, at, act: done }, seed, nodePrimitives)
    const expected = {
      desk,
      member: toBase64Url(await nodePrimitives.publicKey(seed)),
      nowMs: 1_000_000_000,
    }
    const entry = await followChain(head, line, expected, nodePrimitives)
    heads.set(member, headOf(entry))
    entries.push(entry)
  }
  return entries
}

test("the same entries in any order, and repeated, give the same state", async () => {
  const step = fc.record({ member: fc.nat({ max: 2 }), act, clock: fc.nat({ max: 50 }) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.infiniteStream(fc.nat({ max: 1_000_000 })),
      async (steps, keys) => {
        const entries = await chainsOf(steps)
        const expected = await stateHash(foldLedger(entries), nodePrimitives)
        const shuffled = [...entries, ...entries.slice(0, 5)]
          .map((entry) => ({ entry, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ entry }) => entry)
        expect(await stateHash(foldLedger(shuffled), nodePrimitives)).toBe(expected)
      },
    ),
    { numRuns: 60 },
  )
})

test("the state hash sees every change (control: the fold is not constant)", async () => {
  const entries = await chainsOf([
    { member: 0, act: { kind: "noted", root: roots[0] as string, words: "one" }, clock: 1 },
    {
      member: 0,
      act: { kind: "invited", secret: "1".repeat(64), lastDay: "2026-01-15", label: "" },
      clock: 2,
    },
    { member: 0, act: { kind: "feed-made", number: 1, sha256: "3".repeat(64), receipts: 0 }, clock: 3 },
  ])
  const hashes = [1, 2, 3].map(
    async (count) => await stateHash(foldLedger(entries.slice(0, count)), nodePrimitives),
  )
  // An invitation alone changes nothing that can be seen; the feed's head does.
  expect(new Set(await Promise.all(hashes)).size).toBe(2)
})

test("no flipped bit of an entry is accepted", async () => {
  const { entry } = entryVectors.cases[0] as EntryVectors["cases"][0]
  const bytes = utf8Bytes(entry)
  for (let at = 0; at < bytes.length * 8; at += 7) {
    const flipped = bytes.slice()
    flipped[at >> 3] = (flipped[at >> 3] as number) ^ (1 << (at & 7))
    await expect(followChain(null, flipped, entryVectors, nodePrimitives), `bit ${at}`).rejects.toThrow(
      LedgerError,
    )
  }
})

test("an entry reads the same before it is verified", () => {
  const { entry } = entryVectors.cases[0] as EntryVectors["cases"][0]
  expect(readEntryUnverified(utf8Bytes(entry))).toMatchObject({
    n: 1,
    previous: null,
    desk: entryVectors.desk,
  })
})

test("a clock that stands still or goes back still moves the stamp on", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 100 }), { minLength: 2, maxLength: 40 }), (clocks) => {
      let last = nextStamp(null, clocks[0] as number)
      for (const clock of clocks.slice(1)) {
        const next = nextStamp(last, clock)
        expect(compareStamps(last, next)).toBeLessThan(0)
        expect(next.ms).toBeGreaterThanOrEqual(clock)
        last = next
      }
    }),
  )
})

test("a report's custody names every entry about it, in order", async () => {
  const root = roots[0] as string
  const received = { ...(await sample()), root } as Act
  const entries = await chainsOf([
    { member: 0, act: received, clock: 1 },
    { member: 0, act: { kind: "carried", root, day: "2026-01-02", road: "file", from: "stick" }, clock: 2 },
    { member: 0, act: { kind: "completed", root, cells: 12 }, clock: 3 },
    { member: 0, act: { kind: "graded", root, grade: { reliability: "B", credibility: 2 } }, clock: 4 },
  ])
  const report = foldLedger(entries).reportsByRoot.get(root as never)
  expect(report?.custody.map(({ what, detail, from }) => [what, detail, from])).toEqual([
    ["received", "good", "relay https://relay.example"],
    ["carried", null, "file stick"],
    ["completed", "12", null],
    ["graded", "B2", null],
  ])
  expect(report?.custody.every(({ entryHash }) => fromHex(entryHash)?.length === 32)).toBe(true)
})

async function sample(): Promise<Act> {
  const [, second] = entryVectors.cases
  return (await openEntry(utf8Bytes((second as EntryVectors["cases"][0]).entry), nodePrimitives)).act
}
