import { fromHex } from "@govah/core/bytes"
import type { CellId } from "@govah/core/cell"
import { encodePrice, isPaid, parseWork, type Price } from "@govah/core/work"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import type { Road } from "../road/index.ts"
import { openTill } from "./till.ts"

const ids = Array.from({ length: 12 }, () => Buffer.from(p.random(32)).toString("hex") as CellId)
const price: Price = { bits: 10, day: 20_000, relay: p.random(16), tokenKeys: [] }

/** A relay's price, and how often it was asked for. */
function priced(body: () => Uint8Array): Road & { asked: number } {
  const road = {
    asked: 0,
    get: async () => {
      road.asked++
      return { status: 200, body: body() }
    },
    post: () => Promise.reject(new Error("nothing is posted here")),
  }
  return road
}

async function pays(header: string | undefined, of: readonly CellId[], at: Price): Promise<boolean> {
  const work = parseWork(header ?? "")
  if (work === null || work.nonces.length !== of.length) return false
  const paid = await Promise.all(
    of.map((id, i) => isPaid(at, fromHex(id) as Uint8Array, work.nonces[i] as Uint8Array, at.bits, p)),
  )
  return paid.every(Boolean)
}

test("every cell of a bundle is paid for, and the price is asked for once", async () => {
  const road = priced(() => encodePrice(price))
  const till = openTill("http://relay.test", road)
  const bundles = [ids.slice(0, 1), ids.slice(1, 6), ids.slice(6)]
  const headers = await Promise.all(bundles.map((bundle) => till.payFor(bundle)))
  for (const [i, bundle] of bundles.entries()) {
    expect(await pays(headers[i]?.["Govah-Work"], bundle, price)).toBe(true)
  }
  expect(road.asked).toBe(1)
})

test("work that was done ahead pays, also where others pay meanwhile", async () => {
  const road = priced(() => encodePrice(price))
  const till = openTill("http://relay.test", road)
  await till.payFor(ids.slice(0, 1))
  till.workAhead(ids.slice(1))
  const first = await till.payFor(ids.slice(11))
  till.workAhead(ids.slice(1, 11))
  const second = await till.payFor(ids.slice(1, 11))
  expect(await pays(first["Govah-Work"], ids.slice(11), price)).toBe(true)
  expect(await pays(second["Govah-Work"], ids.slice(1, 11), price)).toBe(true)
})

test("a price that has risen is asked for again, and what was worked for the old one is not used", async () => {
  let now = price
  const road = priced(() => encodePrice(now))
  const till = openTill("http://relay.test", road)
  till.workAhead(ids)
  await till.payFor(ids.slice(0, 2))
  now = { ...price, bits: 13, day: 20_002 }
  expect(await till.paysAnew({}, 428)).toBe(true)
  const header = await till.payFor(ids)
  expect(await pays(header["Govah-Work"], ids, now)).toBe(true)
  expect(road.asked).toBe(2)
})

test.each([
  [
    "too-dear",
    () => Buffer.from(Buffer.from(encodePrice(price)).toString().replace('"bits":10', '"bits":40')),
  ],
  ["bad-answer", () => Buffer.from("ok")],
] as const)("a price that is %s is not paid", async (code, body) => {
  const till = openTill(
    "http://relay.test",
    priced(() => new Uint8Array(body())),
  )
  await expect(till.payFor(ids)).rejects.toMatchObject({ code })
})

test("a till that was closed works no more", async () => {
  const till = openTill(
    "http://relay.test",
    priced(() => encodePrice({ ...price, bits: 17 })),
  )
  const paying = till.payFor(ids)
  till.close()
  await expect(paying).rejects.toMatchObject({ code: "unreachable" })
})
