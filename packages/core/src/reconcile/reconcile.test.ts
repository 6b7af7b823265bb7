import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { expect, test } from "vitest"
import { concatBytes, fromHex, toHex } from "../bytes/index.ts"
import {
  type Differences,
  ELEMENT_BYTES,
  elementSet,
  formatAnswer,
  formatRequest,
  MAX_ANSWER_BYTES,
  MAX_REQUEST_BYTES,
  parseAnswer,
  parseRequest,
  ReconcileError,
  reconcile,
  respond,
  SALT_BYTES,
  sortElements,
} from "./index.ts"

const setOf = (names: Iterable<string>): Uint8Array =>
  sortElements(concatBytes(...[...names].map((name) => fromHex(name) as Uint8Array)))
const namesOf = (elements: Uint8Array): readonly string[] =>
  Array.from({ length: elements.length / ELEMENT_BYTES }, (_, i) =>
    toHex(elements.subarray(i * ELEMENT_BYTES, (i + 1) * ELEMENT_BYTES)),
  )
const random = (count: number): readonly string[] =>
  Array.from({ length: count }, () => toHex(p.random(ELEMENT_BYTES)))

interface Ended {
  readonly onlyHere: readonly string[]
  readonly onlyThere: readonly string[]
  readonly rounds: number
  readonly bytes: number
}

/** Runs a reconciliation to its end; what is told twice is there twice. */
async function run(
  here: Iterable<string>,
  answer: (request: Uint8Array) => Promise<Uint8Array>,
): Promise<Ended> {
  const asking = reconcile(elementSet(setOf(here)), p.random(SALT_BYTES), p)
  const learned: Differences[] = []
  let bytes = 0
  for (let request = await asking.next(); request !== null; request = await asking.next()) {
    expect(request.length).toBeLessThanOrEqual(MAX_REQUEST_BYTES)
    const said = await answer(request)
    expect(said.length).toBeLessThanOrEqual(MAX_ANSWER_BYTES)
    bytes += request.length + said.length
    learned.push(await asking.take(said))
  }
  return {
    onlyHere: learned.flatMap((one) => namesOf(one.onlyHere)).sort(),
    onlyThere: learned.flatMap((one) => namesOf(one.onlyThere)).sort(),
    rounds: learned.length,
    bytes,
  }
}

const between = async (here: Iterable<string>, there: Iterable<string>): Promise<Ended> => {
  const other = elementSet(setOf(there))
  return await run(here, (request) => respond(other, request, p))
}

const minus = (a: Iterable<string>, b: Iterable<string>): readonly string[] => {
  const without = new Set(b)
  return [...new Set(a)].filter((one) => !without.has(one)).sort()
}

// Elements that share long beginnings, as no hashes do: the deepest ranges, and more in one than is listed.
const element = fc
  .tuple(fc.constantFrom("", "00".repeat(31), "ff".repeat(31), "0f".repeat(16), "7".repeat(63)), fc.nat(300))
  .map(([beginning, n]) =>
    (beginning + n.toString(16).padStart(64, "0").slice(beginning.length)).slice(0, 64),
  )
const anySet = fc.array(
  fc.oneof(
    element,
    fc.integer({ min: 0, max: 4_000 }).map((n) => numbered[n] as string),
  ),
  {
    maxLength: 600,
  },
)
const numbered = random(4_001)

test("any two sets: exactly the differences are learned, each once", async () => {
  await fc.assert(
    fc.asyncProperty(anySet, anySet, anySet, async (both, mine, theirs) => {
      const [here, there] = [
        [...both, ...mine],
        [...both, ...theirs],
      ]
      const { onlyHere, onlyThere } = await between(here, there)
      expect(onlyHere).toEqual(minus(here, there))
      expect(onlyThere).toEqual(minus(there, here))
    }),
    { numRuns: 40 },
  )
})

test("large sets with few differences cost little, equal ones next to nothing, and it takes few rounds", async () => {
  const both = random(10_000)
  const [mine, theirs] = [random(20), random(20)]
  const ended = await between([...both, ...mine], [...both, ...theirs])
  expect([ended.onlyHere.length, ended.onlyThere.length]).toEqual([20, 20])
  expect(ended.bytes).toBeLessThan(40_000)
  expect(ended.rounds).toBeLessThanOrEqual(3)
  const equal = await between(both, both)
  expect(equal).toMatchObject({ onlyHere: [], onlyThere: [], rounds: 1 })
  expect(equal.bytes).toBeLessThan(4_500)
})

test("nothing here, or nothing there", async () => {
  const many = random(4_000)
  expect((await between([], many)).onlyThere).toEqual([...many].sort())
  const emptyThere = await between(many, [])
  expect(emptyThere.onlyHere).toEqual([...many].sort())
  expect(emptyThere.rounds).toBe(1)
  expect(await between([], [])).toMatchObject({ onlyHere: [], onlyThere: [], rounds: 1 })
})

test("whatever a hostile peer answers: it is refused by a code, or it ends, and nothing false is told as here", async () => {
  const here = new Set(random(1_000))
  const honest = elementSet(setOf([...[...here].slice(10), ...random(10)]))
  const salt = p.random(SALT_BYTES)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      async (edits) => {
        const asking = reconcile(elementSet(setOf(here)), salt, p)
        for (let rounds = 0; ; rounds++) {
          const request = await asking.next()
          if (request === null) break
          expect(rounds).toBeLessThan(200)
          const said = await respond(honest, request, p)
          for (const [at, byte] of edits) said[at % said.length] = byte
          try {
            const { onlyHere } = await asking.take(said)
            for (const name of namesOf(onlyHere)) expect(here.has(name)).toBe(true)
          } catch (error) {
            expect(error).toBeInstanceOf(ReconcileError)
            break
          }
        }
      },
    ),
    { numRuns: 50 },
  )
})

test("a peer that finds every range different for ever is left in the end, with bounded memory", async () => {
  const asking = reconcile(elementSet(new Uint8Array(0)), p.random(SALT_BYTES), p)
  let heapAtMost = 0
  const ending = (async () => {
    for (let request = await asking.next(); request !== null; request = await asking.next()) {
      const { salt, items } = parseRequest(request)
      // It has to say something of each: a range with a single place is empty.
      const said = items
        .slice(0, 900)
        .map(({ prefix }) =>
          prefix.length < 64
            ? { kind: "split" as const, prefix, fingerprints: p.random(256) }
            : { kind: "list" as const, prefix, elements: new Uint8Array(0) },
        )
      await asking.take(formatAnswer({ salt, answered: said.length, items: said }))
      heapAtMost = Math.max(heapAtMost, process.memoryUsage().heapUsed)
    }
  })()
  await expect(ending).rejects.toMatchObject({ code: "too-much" })
  expect(heapAtMost).toBeLessThan(400e6)
}, 60_000)

test("whatever is asked: refused by a code, or answered within bounds", async () => {
  const set = elementSet(setOf(random(2_000)))
  const asking = reconcile(elementSet(setOf(random(2_000))), p.random(SALT_BYTES), p)
  const request = (await asking.next()) as Uint8Array
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
      fc.nat(),
      async (edits, cut) => {
        const asked = request.slice(0, cut % 3 === 0 ? cut % (request.length + 1) : request.length)
        for (const [at, byte] of edits) if (asked.length > 0) asked[at % asked.length] = byte
        try {
          expect((await respond(set, asked, p)).length).toBeLessThanOrEqual(MAX_ANSWER_BYTES)
        } catch (error) {
          expect(error).toBeInstanceOf(ReconcileError)
        }
      },
    ),
    { numRuns: 50 },
  )
})

test("a request or answer that is read has one spelling", async () => {
  const [a, b] = [elementSet(setOf(random(3_000))), elementSet(setOf(random(3_000)))]
  const asking = reconcile(a, p.random(SALT_BYTES), p)
  for (let request = await asking.next(); request !== null; request = await asking.next()) {
    expect(formatRequest(parseRequest(request))).toEqual(request)
    const answer = await respond(b, request, p)
    expect(formatAnswer(parseAnswer(answer))).toEqual(answer)
    await asking.take(answer)
  }
})

test("without a salt of its own, prepared sets would look equal: the salt decides the fingerprints", async () => {
  const set = elementSet(setOf(random(1_000)))
  const first = (await reconcile(set, new Uint8Array(SALT_BYTES), p).next()) as Uint8Array
  const second = (await reconcile(set, new Uint8Array(SALT_BYTES).fill(1), p).next()) as Uint8Array
  const [x, y] = [parseRequest(first).items[0], parseRequest(second).items[0]]
  if (x?.kind !== "split" || y?.kind !== "split") throw new TypeError("not divided")
  expect(x.fingerprints).not.toEqual(y.fingerprints)
})
