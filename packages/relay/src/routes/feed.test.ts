import { toBase64Url } from "@govah/core/bytes"
import { encodeReceiptSet, type FeedFile, MAX_FEED_BYTES, openFeedFile, signFeedFile } from "@govah/core/feed"
import { nodePrimitives } from "@govah/node"
import { beforeEach, expect, test } from "vitest"
import type { Relay } from "../relay.ts"
import { admit, forgetAdmission } from "../admission/admission.ts"
import { hashOf, seededBytes, startRelay } from "../testing/test-relay.ts"

const seed = seededBytes("feed desk", 32)
const desk = toBase64Url(await nodePrimitives.publicKey(seed))
let relay: Relay

beforeEach(async () => {
  relay = await startRelay()
  await admit(relay.store, { deskKey: desk })
})

function feedFile(number: number, previous: Uint8Array | null, day = "2021-03-02"): Promise<Uint8Array> {
  const receipts = encodeReceiptSet([], nodePrimitives.random)
  const file: FeedFile = {
    v: 1,
    desk,
    number,
    previous: previous === null ? null : hashOf(previous),
    day,
    receipts,
  }
  return signFeedFile(file, seed, nodePrimitives)
}

function put(file: Uint8Array | string, number: number | string, key = desk): Promise<Response> {
  return fetch(`${relay.url}/feed/${key}/${number}`, { method: "PUT", body: file as Uint8Array<ArrayBuffer> })
}

async function said(answer: Promise<Response>): Promise<string> {
  const text = await (await answer).text()
  return text === "" ? "kept" : (JSON.parse(text) as { error: string }).error
}

test("A feed grows file by file and everybody reads the same bytes", async () => {
  const one = await feedFile(1, null)
  const two = await feedFile(2, one)
  expect((await put(one, 1)).status).toBe(204)
  expect((await put(two, 2)).status).toBe(204)
  const head = await fetch(`${relay.url}/feed/${desk}/head`)
  expect(head.headers.get("Access-Control-Allow-Origin")).toBe("*")
  const text = await head.text()
  expect([text.length, JSON.parse(text)]).toEqual([32, { number: 2 }])
  for (const [number, file] of [
    [1, one],
    [2, two],
  ] as const) {
    const answer = await fetch(`${relay.url}/feed/${desk}/${number}`)
    expect(answer.headers.get("Cache-Control")).toContain("immutable")
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect(bytes).toEqual(new Uint8Array(file))
    expect((await openFeedFile(bytes, nodePrimitives)).number).toBe(number)
  }
})

test("Putting the same bytes again is harmless, other bytes of that number are a split", async () => {
  const one = await feedFile(1, null)
  const two = await feedFile(2, one)
  expect(await said(put(one, 1))).toBe("kept")
  expect(await said(put(two, 2))).toBe("kept")
  expect(await said(put(one, 1))).toBe("kept")
  expect(await said(put(await feedFile(1, null, "2021-03-03"), 1))).toBe("split")
  expect(await said(put(await feedFile(2, one, "2021-03-03"), 2))).toBe("split")
  expect(await said(put(await feedFile(3, one), 3))).toBe("split")
  expect(await said(put(await feedFile(4, two), 4))).toBe("gap")
  expect(JSON.parse(await (await fetch(`${relay.url}/feed/${desk}/head`)).text())).toEqual({ number: 2 })
})

test("A relay that joins late starts with any number, and takes none before it", async () => {
  expect(await said(put(await feedFile(7, await feedFile(6, null)), 7))).toBe("kept")
  expect(await said(put(await feedFile(3, await feedFile(2, null)), 3))).toBe("rollback")
})

test("Only what the admitted desk signed for this very address is taken", async () => {
  const one = await feedFile(1, null)
  const other = toBase64Url(await nodePrimitives.publicKey(seededBytes("other desk", 32)))
  expect(await said(put(one, 1, other))).toBe("not-found")
  await admit(relay.store, { deskKey: other })
  expect(await said(put(one, 1, other))).toBe("malformed")
  expect(await said(put(one, 2))).toBe("malformed")
  const forged = one.slice()
  forged[forged.length - 5] = forged[forged.length - 5] === 0x41 ? 0x42 : 0x41
  expect(await said(put(forged, 1))).toBe("bad-signature")
  expect(await said(put(one.slice(0, -1), 1))).toBe("malformed")
  expect(await said(put("", 1))).toBe("malformed")
  expect(await said(put(new Uint8Array(MAX_FEED_BYTES + 1), 1))).toBe("too-long")
  await forgetAdmission(relay.store, desk)
  expect(await said(put(one, 1))).toBe("not-found")
  expect((await fetch(`${relay.url}/feed/${desk}/head`)).status).toBe(404)
})

test("Addresses that cannot be are not there", async () => {
  const one = await feedFile(1, null)
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
  const one = await feedFile(1, null)
  const two = await feedFile(2, one)
  await put(one, 1)
  await put(two, 2)
  const newest = [`/feed/${desk}/2`, "feed-2.txt"]
  // Once in Persian, once in English.
  expect(await offered()).toEqual([newest, newest])
  const bytes = new Uint8Array(await (await fetch(relay.url + newest[0])).arrayBuffer())
  expect(hashOf(bytes)).toBe(hashOf(two))
  await forgetAdmission(relay.store, desk)
  expect(await offered()).toEqual([])
})
