import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { expect, test } from "vitest"
import { toBase64Url, toHex, utf8Text } from "../bytes/index.ts"
import { sampleFeed } from "../testing/feed-samples.ts"
import { acceptFeedHead, type KnownFeed } from "./index.ts"

const seed = p.random(32)
const desk = toBase64Url(await p.publicKey(seed))
const stranger = p.random(32)
const strangerKey = toBase64Url(await p.publicKey(stranger))

async function file(
  number: number,
  previous: string | null,
  day: string,
  by = seed,
  as = desk,
): Promise<Uint8Array> {
  return (await sampleFeed(by, { desk: as, number, previous, day }, p)).headBytes
}
const hashOf = async (bytes: Uint8Array): Promise<string> => toHex(await p.sha256(bytes))

/** Two histories of one desk that part after number 3, the second signed as well as the first. */
const honest: Uint8Array[] = []
const fork: Uint8Array[] = []
for (let number = 1; number <= 8; number++) {
  const before = honest.at(-1)
  honest.push(await file(number, before ? await hashOf(before) : null, "2026-03-01"))
  const forkBefore = fork.at(-1)
  fork.push(
    number <= 3
      ? (honest.at(-1) as Uint8Array)
      : await file(number, forkBefore ? await hashOf(forkBefore) : null, "2026-03-02"),
  )
}
const foreign = await file(5, null, "2026-03-01", stranger, strangerKey)
const forged = await file(5, null, "2026-03-01", stranger, desk)

test("in whatever order files are shown, a reader never goes back and never takes two of one number", async () => {
  const shown = fc.oneof(
    fc.record({ of: fc.constantFrom(honest, fork), number: fc.integer({ min: 1, max: 8 }) }),
    fc.constantFrom(foreign, forged),
  )
  const met = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(shown, { minLength: 1, maxLength: 12 }), async (order) => {
      let known: KnownFeed | null = null
      const taken = new Map<number, string>()
      for (const next of order) {
        const bytes: Uint8Array = next instanceof Uint8Array ? next : (next.of[next.number - 1] as Uint8Array)
        const before: KnownFeed | null = known
        const answer: KnownFeed | string = await acceptFeedHead(bytes, desk, known, p).then(
          (accepted) => accepted.known,
          (error: { code: string }) => error.code,
        )
        met.add(typeof answer === "string" ? answer : "accepted")
        if (typeof answer === "string") {
          expect(["rollback", "split", "bad-signature"]).toContain(answer)
          continue
        }
        expect(answer.number).toBeGreaterThanOrEqual(before?.number ?? 0)
        expect(taken.get(answer.number) ?? answer.hash).toBe(answer.hash)
        taken.set(answer.number, answer.hash)
        known = answer
      }
    }),
    { numRuns: 300 },
  )
  expect(met).toEqual(new Set(["accepted", "rollback", "split", "bad-signature"]))
})

test("every changed byte and every cut of a head is refused", async () => {
  const bytes = honest[0] as Uint8Array
  for (let at = 0; at < bytes.length; at++) {
    const flipped = bytes.slice()
    flipped[at] = (flipped[at] as number) ^ 1
    for (const received of [flipped, bytes.slice(0, at)]) {
      await expect(acceptFeedHead(received, desk, null, p), `byte ${at}`).rejects.toMatchObject({
        name: "FeedError",
      })
    }
  }
  expect(utf8Text(bytes)).toContain(desk)
  expect((await acceptFeedHead(bytes, desk, null, p)).head.number).toBe(1)
})

test("a head beyond the limit is refused before it is read", async () => {
  await expect(acceptFeedHead(new Uint8Array(65_537), desk, null, p)).rejects.toMatchObject({
    code: "too-long",
  })
})
