import { expect, test } from "vitest"
import { CELL_BYTES } from "@govah/core/cell"
import { doWork, formatWork, parsePrice, type Price } from "@govah/core/work"
import { freshStore, hashOf, postCells, realDeps, seededCells, startRelay } from "../testing/test-relay.ts"
import { createPriceList, priceFor } from "./price-list.ts"

async function priceOf(url: string): Promise<Price> {
  return parsePrice(new Uint8Array(await (await fetch(`${url}/price`)).arrayBuffer()))
}

async function postWith(url: string, cells: readonly Uint8Array[], work: string | null): Promise<Response> {
  const headers = {
    "Content-Type": "application/octet-stream",
    ...(work === null ? {} : { "Govah-Work": work }),
  }
  return await fetch(`${url}/cells`, { method: "POST", headers, body: Buffer.concat(cells) })
}

const idsOf = (cells: readonly Uint8Array[]): Uint8Array[] =>
  cells.map((cell) => Buffer.from(hashOf(cell), "hex"))

test("the price is one file for everybody, and stays with its store", async () => {
  const relay = await startRelay()
  const answer = await fetch(`${relay.url}/price`)
  expect(answer.headers.get("Cache-Control")).toBe("public, max-age=60")
  const bytes = await answer.arrayBuffer()
  expect(bytes.byteLength).toBe(256)
  const again = await fetch(`${relay.url}/price`, { headers: { "User-Agent": "other", Accept: "x/y" } })
  expect(Buffer.from(await again.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
  expect((await priceOf(relay.url)).relay).toEqual(await relay.store.settings.read("name"))
  expect((await priceOf((await startRelay()).url)).relay).not.toEqual((await priceOf(relay.url)).relay)
})

test("what is not paid is refused by one answer, and nothing of it is kept", async () => {
  const relay = await startRelay()
  const cells = seededCells("unpaid", 3)
  const { day, bits, ...price } = await priceOf(relay.url)
  const nonces = doWork({ ...price, day }, idsOf(cells), bits)
  const other = await priceOf((await startRelay()).url)
  const bad = [
    null,
    "x",
    formatWork({ day, nonces: nonces.slice(1) }),
    formatWork({ day, nonces: [...nonces.slice(1), nonces[0] as Uint8Array] }),
    formatWork({ day: day + 1, nonces }),
    formatWork({ day: day + 4, nonces: doWork({ ...price, day: day + 4 }, idsOf(cells), bits) }),
    formatWork({ day: day - 4, nonces: doWork({ ...price, day: day - 4 }, idsOf(cells), bits) }),
    formatWork({ day, nonces: doWork(other, idsOf(cells), bits) }),
    formatWork({ day, nonces: doWork({ ...price, day }, idsOf(seededCells("other", 3)), bits) }),
  ]
  for (const work of bad) {
    const answer = await postWith(relay.url, cells, work)
    expect([answer.status, await answer.text()], String(work)).toEqual([428, '{"error":"work-needed"}'])
  }
  expect(await relay.store.count()).toBe(0)

  for (const at of [day, day - 3, day + 3]) {
    const work = formatWork({ day: at, nonces: doWork({ ...price, day: at }, idsOf(cells), bits) })
    expect((await postWith(relay.url, cells, work)).status).toBe(200)
  }
  // A relay that asks for nothing takes them all: the refusals above were for the work.
  const free = await startRelay({ workBits: 0 })
  for (const work of bad) expect((await postWith(free.url, cells, work)).status).toBe(200)
})

test("the price rises as the open share fills, and an older one is taken for ten minutes", async () => {
  const store = freshStore()
  let nowMs = 0
  let used = 0
  const list = await createPriceList({
    store: {
      ...store,
      deps: { ...realDeps, monotoneMs: () => nowMs },
      capacity: async () => ({ usedBytes: used, freeBytes: 100 - used, totalBytes: 100 }),
    },
    restBits: 12,
    heldShare: () => 0,
    tokenKeys: async () => [],
  })
  const ask = async (): Promise<[number, number]> => [(await list.now()).bits, await list.accepted()]
  expect(await ask()).toEqual([12, 12])
  used = 74
  nowMs += 2_000
  expect(await ask()).toEqual([17, 12])
  nowMs += 599_000
  expect(await ask()).toEqual([17, 12])
  nowMs += 2_000
  expect(await ask()).toEqual([17, 17])
  used = 0
  nowMs += 2_000
  expect(await ask()).toEqual([12, 12])
})

test("bodies that fill the memory raise the price, too", async () => {
  expect([0, 0.49, 0.5, 0.7, 0.8, 0.9, 1].map((load) => priceFor(12, load))).toEqual([
    12, 12, 13, 14, 15, 16, 17,
  ])
  const relay = await startRelay({ maxBytes: 80 * CELL_BYTES })
  const before = (await priceOf(relay.url)).bits
  let status = 200
  for (let i = 0; status === 200; i++) {
    status = (await postCells(relay.url, seededCells(`rise ${i}`, 8))).status
  }
  expect(status).toBe(507)
  await expect.poll(async () => (await priceOf(relay.url)).bits).toBeGreaterThan(before + 2)
})
