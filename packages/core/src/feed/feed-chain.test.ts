import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { expect, test } from "vitest"
import { toBase64Url, toHex, utf8Text } from "../bytes/index.ts"
import { acceptFeedFile, type FeedHead, signFeedFile } from "./index.ts"

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
  return await signFeedFile({ v: 1, desk: as, number, previous, day, receipts: "" }, by, p)
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
      let known: FeedHead | null = null
      const taken = new Map<number, string>()
      for (const next of order) {
        const bytes: Uint8Array = next instanceof Uint8Array ? next : (next.of[next.number - 1] as Uint8Array)
        const before: FeedHead | null = known
        const answer: FeedHead | string = await acceptFeedFile(bytes, desk, known, p).then(
          ({ head }) => head,
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

test("every changed byte and every cut of a feed file is refused", async () => {
  const bytes = honest[0] as Uint8Array
  for (let at = 0; at < bytes.length; at++) {
    const flipped = bytes.slice()
    flipped[at] = (flipped[at] as number) ^ 1
    for (const received of [flipped, bytes.slice(0, at)]) {
      await expect(acceptFeedFile(received, desk, null, p), `byte ${at}`).rejects.toMatchObject({
        name: "FeedError",
      })
    }
  }
  expect(utf8Text(bytes)).toContain(desk)
  expect((await acceptFeedFile(bytes, desk, null, p)).file.number).toBe(1)
})

test("a file beyond the limit is refused before it is read", async () => {
  await expect(acceptFeedFile(new Uint8Array(1_048_577), desk, null, p)).rejects.toMatchObject({
    code: "too-long",
  })
})

test("a desk cannot sign a file that no reader would take", async () => {
  const holding = async (tags: number): Promise<Uint8Array> => {
    const receipts = toBase64Url(new Uint8Array(tags * 8))
    return await signFeedFile({ v: 1, desk, number: 1, previous: null, day: "2026-03-01", receipts }, seed, p)
  }
  expect((await acceptFeedFile(await holding(65_536), desk, null, p)).file.number).toBe(1)
  await expect(holding(131_072)).rejects.toMatchObject({ code: "too-long" })
})
