import { createHash } from "node:crypto"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { sampleFeed, type SampleFeed, type SampleWish } from "../testing/index.ts"
import { MAX_PROOF_HEADS, readFeedProof, writeFeedProof } from "./index.ts"

const seed = p.random(32)
const number = async (n: number, wish: Partial<SampleWish> = {}, by = seed): Promise<SampleFeed> =>
  await sampleFeed(by, { number: n, previous: null, day: "2026-03-01", card: "card", ...wish }, p)
const hashOf = ({ headBytes }: SampleFeed): string => createHash("sha256").update(headBytes).digest("hex")
const warning = { kind: "other", day: "2026-03-01", subject: null, words: "another" } as const

async function contradictionsOf(...feeds: SampleFeed[]): Promise<number> {
  const { contradictions } = await readFeedProof(writeFeedProof(feeds.map(({ headBytes }) => headBytes)), p)
  return contradictions.length
}

test("two heads that one key signed for one number, or that do not follow each other, contradict; others do not", async () => {
  const one = await number(1)
  const two = await number(2, { previous: hashOf(one) })
  expect(await contradictionsOf(one, two)).toBe(0)
  expect(await contradictionsOf(one, one)).toBe(0)
  expect(await contradictionsOf(one, await number(1, { warnings: [warning] }))).toBe(1)
  expect(await contradictionsOf(await number(2, { previous: "0".repeat(64) }), one)).toBe(1)
  // A gap says nothing, and nor does another desk.
  expect(await contradictionsOf(one, await number(3, { previous: "0".repeat(64) }))).toBe(0)
  expect(await contradictionsOf(one, await number(1, {}, p.random(32)))).toBe(0)
})

test("what is not signed throughout is no proof, whatever else is in it", async () => {
  const { headBytes } = await number(1)
  const code = async (bytes: Uint8Array): Promise<unknown> =>
    await readFeedProof(bytes, p).then(
      () => "accepted",
      (error: { code: string }) => error.code,
    )
  expect(await code(new Uint8Array())).toBe("truncated")
  expect(await code(writeFeedProof([headBytes, headBytes.subarray(0, -1)]))).toBe("malformed")
  expect(await code(writeFeedProof([headBytes, new Uint8Array([10, 10])]))).toBe("malformed")
  const forged = headBytes.slice()
  const at = Buffer.from(forged).indexOf("2026-03-01")
  forged[at + 9] = 0x32
  expect(await code(writeFeedProof([headBytes, forged]))).toBe("bad-signature")
  const many = Array.from({ length: MAX_PROOF_HEADS + 1 }, () => headBytes)
  expect(await code(writeFeedProof(many))).toBe("too-long")
  expect(await code(writeFeedProof(many.slice(1)))).toBe("accepted")
})
