import { request } from "node:http"
import { toBase64Url } from "@govah/core/bytes"
import { listedParts, MAX_HEAD_BYTES, openWholeFeed } from "@govah/core/feed"
import { nodePrimitives } from "@govah/node"
import { beforeEach, expect, test } from "vitest"
import type { Relay } from "../relay.ts"
import { admit, forgetAdmission } from "../admission/admission.ts"
import { type SampleFeed, sampleFeed } from "@govah/core/testing"
import { freshFolder, hashOf, realDeps, seededBytes, startRelay } from "../testing/test-relay.ts"

const seed = seededBytes("feed desk", 32)
const desk = toBase64Url(await nodePrimitives.publicKey(seed))
let relay: Relay

beforeEach(async () => {
  relay = await startRelay()
  await admit(relay.store, { deskKey: desk })
})

async function feedNumber(
  number: number,
  previous: SampleFeed | null,
  day = "2021-03-02",
): Promise<SampleFeed> {
  const hash = previous === null ? null : hashOf(previous.headBytes)
  const buckets = [seededBytes(`a ${number} ${day}`, 4_096), seededBytes(`b ${number} ${day}`, 4_096)]
  return await sampleFeed(
    seed,
    { number, previous: hash, day, card: `card of ${day}`, buckets },
    nodePrimitives,
  )
}

function put(file: Uint8Array | string, number: number | string, key = desk): Promise<Response> {
  return fetch(`${relay.url}/feed/${key}/${number}`, { method: "PUT", body: file as Uint8Array<ArrayBuffer> })
}

async function said(answer: Promise<Response>): Promise<string> {
  const text = await (await answer).text()
  return text === "" ? "kept" : (JSON.parse(text) as { error: string }).error
}

async function bytesOf(
  path: string,
): Promise<{ readonly status: number; readonly bytes: Uint8Array; readonly caching: string }> {
  const answer = await fetch(relay.url + path)
  const caching = answer.headers.get("Cache-Control") ?? ""
  return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()), caching }
}

test("A feed grows number by number, and everybody reads the same bytes", async () => {
  const one = await feedNumber(1, null)
  const two = await feedNumber(2, one)
  expect((await put(one.whole, 1)).status).toBe(204)
  expect((await put(two.whole, 2)).status).toBe(204)
  const head = await bytesOf(`/feed/${desk}/head`)
  expect([head.bytes, head.caching]).toEqual([two.headBytes, "public, max-age=60"])
  for (const sample of [one, two]) {
    const { number } = sample.head
    const answer = await bytesOf(`/feed/${desk}/${number}`)
    expect(answer.bytes).toEqual(sample.headBytes)
    expect(answer.caching).toContain("immutable")
    for (const [i, { sha256 }] of listedParts(sample.head).entries()) {
      const part = await bytesOf(`/feed/${desk}/part/${sha256}`)
      expect(part.bytes).toEqual(sample.parts[i])
      expect(part.caching).toContain("immutable")
    }
    const whole = await bytesOf(`/feed/${desk}/${number}/whole`)
    expect(whole.bytes).toEqual(sample.whole)
  }
})

test("A card is given to whoever has its hash alone, while its desk is admitted", async () => {
  const one = await feedNumber(1, null)
  await put(one.whole, 1)
  const [card] = one.head.intake
  expect(Buffer.from((await bytesOf(`/card/${card?.sha256}`)).bytes).toString()).toBe("card of 2021-03-02")
  // A part that is no card is not to be had there.
  expect((await bytesOf(`/card/${one.head.receipts[0]?.sha256}`)).status).toBe(404)
  await forgetAdmission(relay.store, desk)
  expect((await bytesOf(`/card/${card?.sha256}`)).status).toBe(404)
})

test("What is not there and what is not for asking are answered alike", async () => {
  const one = await feedNumber(1, null)
  await put(one.whole, 1)
  const other = toBase64Url(await nodePrimitives.publicKey(seededBytes("other desk", 32)))
  const [part] = one.head.receipts
  const nothing = await bytesOf(`/feed/${desk}/2`)
  expect(nothing.status).toBe(404)
  for (const path of [
    `/feed/${other}/head`,
    `/feed/${other}/1`,
    `/feed/${other}/part/${part?.sha256}`,
    `/feed/${desk}/part/${"0".repeat(64)}`,
    `/feed/${desk}/part/x`,
    `/feed/${desk}/2/whole`,
    `/card/${"0".repeat(64)}`,
    "/card/x",
  ]) {
    expect(await bytesOf(path), path).toEqual(nothing)
  }
})

test("Putting the same again is harmless, another of that number is a split, and a gap is taken", async () => {
  const one = await feedNumber(1, null)
  const two = await feedNumber(2, one)
  expect(await said(put(one.whole, 1))).toBe("kept")
  expect(await said(put(two.whole, 2))).toBe("kept")
  expect(await said(put(one.whole, 1))).toBe("kept")
  expect(await said(put((await feedNumber(1, null, "2021-03-03")).whole, 1))).toBe("split")
  expect(await said(put((await feedNumber(2, one, "2021-03-03")).whole, 2))).toBe("split")
  expect(await said(put((await feedNumber(3, one)).whole, 3))).toBe("split")
  expect((await bytesOf(`/feed/${desk}/head`)).bytes).toEqual(two.headBytes)
  const five = await feedNumber(5, two)
  expect(await said(put(five.whole, 5))).toBe("kept")
  expect(await said(put((await feedNumber(4, two)).whole, 4))).toBe("rollback")
  expect((await bytesOf(`/feed/${desk}/head`)).bytes).toEqual(five.headBytes)
})

test("A relay that joins late starts with any number, and takes none before it", async () => {
  expect(await said(put((await feedNumber(7, await feedNumber(6, null))).whole, 7))).toBe("kept")
  expect(await said(put((await feedNumber(3, await feedNumber(2, null))).whole, 3))).toBe("rollback")
})

test("Only what the admitted desk signed for this very address is taken", async () => {
  const { whole, headBytes } = await feedNumber(1, null)
  const other = toBase64Url(await nodePrimitives.publicKey(seededBytes("other desk", 32)))
  expect(await said(put(whole, 1, other))).toBe("not-found")
  await admit(relay.store, { deskKey: other })
  expect(await said(put(whole, 1, other))).toBe("malformed")
  expect(await said(put(whole, 2))).toBe("malformed")
  const forged = whole.slice()
  const at = headBytes.length - 5
  forged[at] = forged[at] === 0x41 ? 0x42 : 0x41
  expect(await said(put(forged, 1))).toBe("bad-signature")
  const flipped = whole.slice()
  flipped[headBytes.length] = (flipped[headBytes.length] as number) ^ 1
  expect(await said(put(flipped, 1))).toBe("bad-part")
  expect(await said(put(whole.slice(0, -1), 1))).toBe("truncated")
  expect(await said(put(Buffer.concat([whole, Buffer.alloc(1)]), 1))).toBe("malformed")
  expect(await said(put(headBytes.slice(0, -1), 1))).toBe("malformed")
  expect(await said(put("", 1))).toBe("malformed")
  expect(await said(put(new Uint8Array(MAX_HEAD_BYTES + 1), 1))).toBe("too-long")
  // None of it left anything to be seen.
  expect((await bytesOf(`/feed/${desk}/head`)).status).toBe(404)
  await forgetAdmission(relay.store, desk)
  expect(await said(put(whole, 1))).toBe("not-found")
})

test("Of a head that is not signed, no more is read", async () => {
  const { whole, headBytes } = await feedNumber(1, null)
  const forged = headBytes.slice()
  forged[forged.length - 5] = forged[forged.length - 5] === 0x41 ? 0x42 : 0x41
  // The parts never come, and the answer does.
  const answer = await new Promise<string>((resolve, reject) => {
    const asking = request(`${relay.url}/feed/${desk}/1`, {
      method: "PUT",
      headers: { "Content-Length": whole.length },
    })
    asking.on("error", reject).on("response", (response) => {
      response.setEncoding("utf8").on("data", resolve)
    })
    asking.write(forged)
  })
  expect(JSON.parse(answer)).toEqual({ error: "bad-signature" })
})

test("A number whose parts were cut off on the way is not served, and can be put again", async () => {
  const one = await feedNumber(1, null)
  const two = await feedNumber(2, one)
  await put(one.whole, 1)
  for (let cut = two.headBytes.length; cut < two.whole.length; cut += 1_500) {
    expect(await said(put(two.whole.slice(0, cut), 2))).toBe("truncated")
    expect((await bytesOf(`/feed/${desk}/head`)).bytes).toEqual(one.headBytes)
  }
  expect(await said(put(two.whole, 2))).toBe("kept")
  expect((await bytesOf(`/feed/${desk}/2/whole`)).bytes).toEqual(two.whole)
})

test("Numbers past their days go with the parts that only they listed; the newest few stay", async () => {
  let now = Date.UTC(2021, 2, 1)
  relay = await startRelay({ file: `${freshFolder()}/relay.db` }, { ...realDeps, now: () => new Date(now) })
  await admit(relay.store, { deskKey: desk, days: 90 })
  const numbers: SampleFeed[] = []
  for (let number = 1; number <= 10; number++) {
    const next = await feedNumber(number, numbers.at(-1) ?? null)
    expect(await said(put(next.whole, number))).toBe("kept")
    numbers.push(next)
  }
  const last = async (sample: SampleFeed | undefined): Promise<number> =>
    (await bytesOf(`/feed/${desk}/part/${sample?.head.replies.buckets[0]}`)).status
  now += 30 * 86_400_000
  await relay.store.expire()
  expect(await last(numbers[0])).toBe(200)
  now += 2 * 86_400_000
  await relay.store.expire()
  expect([await last(numbers[0]), await last(numbers[1]), await last(numbers[2])]).toEqual([404, 404, 200])
  expect((await bytesOf(`/feed/${desk}/2`)).status).toBe(404)
  expect(
    (await openWholeFeed((await bytesOf(`/feed/${desk}/10/whole`)).bytes, nodePrimitives)).head.number,
  ).toBe(10)
})

test("Addresses that cannot be are not there", async () => {
  const one = (await feedNumber(1, null)).whole
  for (const number of ["0", "01", "-1", "1.0", "9".repeat(16), "head", "%31%00"]) {
    expect((await put(one, number)).status, number).toBeGreaterThanOrEqual(404)
  }
  for (const key of ["x", `${desk}=`, "%2e%2e", desk.slice(1)]) {
    expect((await fetch(`${relay.url}/feed/${key}/head`)).status, key).toBe(404)
  }
  expect((await fetch(`${relay.url}/feed/${desk}/1`, { method: "DELETE" })).status).toBe(405)
})

test("The plain page offers the newest file of every admitted desk, and of no other", async () => {
  const link = /<a href="(\/feed\/[^"]+)" download="([^"]+)">/g
  const offered = async (): Promise<string[][]> => {
    const page = await (await fetch(relay.url)).text()
    return [...page.matchAll(link)].map((match) => match.slice(1))
  }
  expect(await offered()).toEqual([])
  const one = await feedNumber(1, null)
  const two = await feedNumber(2, one)
  await put(one.whole, 1)
  await put(two.whole, 2)
  const newest = [`/feed/${desk}/2/whole`, "feed-2.bin"]
  // Once in Persian, once in English.
  expect(await offered()).toEqual([newest, newest])
  const bytes = new Uint8Array(await (await fetch(relay.url + newest[0])).arrayBuffer())
  expect(hashOf(bytes)).toBe(hashOf(two.whole))
  await forgetAdmission(relay.store, desk)
  expect(await offered()).toEqual([])
})
