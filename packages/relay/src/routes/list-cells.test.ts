import { expect, test } from "vitest"
import { admit, forgetAdmission, listAdmissions } from "../admission/admission.ts"
import {
  hashOf,
  postCells,
  pullAll,
  realDeps,
  seededCells,
  someDeskKey,
  startRelay,
} from "../testing/test-relay.ts"

const list = (url: string, capability: string, query = "", extra = {}): Promise<Response> =>
  fetch(`${url}/cells${query}`, { headers: { Authorization: `Bearer ${capability}`, ...extra } })

async function shape(answer: Response): Promise<unknown> {
  const headers = [...answer.headers].filter(([name]) => name !== "date")
  return [answer.status, headers, await answer.text()]
}

test("Without a capability in force the listing looks like any address that is not there", async () => {
  const relay = await startRelay()
  const absent = await shape(await fetch(`${relay.url}/nothing-here`))
  const stranger = Buffer.alloc(32, 7).toString("base64url")
  const attempts = [
    fetch(`${relay.url}/cells`),
    list(relay.url, stranger),
    list(relay.url, `${stranger}=`),
    list(relay.url, ""),
    list(relay.url, "A".repeat(2000)),
    list(relay.url, stranger, "?after=nonsense&limit=-1"),
    fetch(`${relay.url}/cells`, { headers: { Authorization: `Basic ${stranger}` } }),
  ]
  for (const attempt of attempts) expect(await shape(await attempt)).toEqual(absent)
})

test("A capability ends with its term, or when the operator takes it back", async () => {
  let now = new Date("2021-02-22T23:59:00Z")
  const relay = await startRelay({}, { ...realDeps, now: () => now })
  const [one, two] = [someDeskKey(1), someDeskKey(2)]
  const short = await admit(relay.store, { deskKey: one, days: 1 })
  const long = await admit(relay.store, { deskKey: two })
  expect((await listAdmissions(relay.store)).length).toBe(2)
  now = new Date("2021-02-23T23:59:00Z")
  expect((await list(relay.url, short)).status).toBe(200)
  now = new Date("2021-02-24T00:00:00Z")
  expect((await list(relay.url, short)).status).toBe(404)
  expect((await list(relay.url, long)).status).toBe(200)
  expect(await forgetAdmission(relay.store, two)).toBe(1)
  expect((await list(relay.url, long)).status).toBe(404)
  await relay.store.expire()
  expect(await listAdmissions(relay.store)).toEqual([])
})

test("Keys and terms that cannot be are refused", async () => {
  const relay = await startRelay()
  for (const deskKey of ["", "abc", `${someDeskKey()}=`, `${someDeskKey()}A`, "!".repeat(43)]) {
    await expect(admit(relay.store, { deskKey })).rejects.toMatchObject({ code: "bad-desk-key" })
  }
  for (const days of [0, -1, 91, 1.5, Number.NaN]) {
    await expect(admit(relay.store, { deskKey: someDeskKey(), days })).rejects.toMatchObject({
      code: "bad-term",
    })
  }
})

test("Only the hash of a capability is kept", async () => {
  const relay = await startRelay()
  const capability = await admit(relay.store, { deskKey: someDeskKey() })
  const rows = relay.sql("SELECT hex(capability_hash) AS hash FROM admission")
  expect(rows).toEqual([{ hash: hashOf(Buffer.from(capability, "base64url")).toUpperCase() }])
})

test("Two readers pull the same, in pages, across windows", async () => {
  const relay = await startRelay()
  const cells = seededCells("pages", 320)
  for (let i = 0; i < cells.length; i += 64) await postCells(relay.url, cells.slice(i, i + 64))
  const wanted = new Set(cells.map(hashOf))
  for (const desk of [1, 2]) {
    const capability = await admit(relay.store, { deskKey: someDeskKey(desk) })
    expect((await pullAll(relay.url, capability)).ids).toEqual(wanted)
    const page = await list(relay.url, capability, "?limit=10")
    expect((await page.arrayBuffer()).byteLength).toBe(10 * 16_384)
    const rest = await pullAll(relay.url, capability, page.headers.get("Govah-Cursor") ?? "")
    expect(rest.ids.size).toBe(310)
  }
})

test("A page that has not changed is 304, and one that has is not", async () => {
  const relay = await startRelay()
  const capability = await admit(relay.store, { deskKey: someDeskKey() })
  await postCells(relay.url, seededCells("tag", 3))
  const first = await list(relay.url, capability)
  const tag = first.headers.get("ETag") ?? ""
  const again = await list(relay.url, capability, "", { "If-None-Match": tag })
  expect(again.status).toBe(304)
  expect(again.headers.get("Govah-Cursor")).toBe(first.headers.get("Govah-Cursor"))
  expect(again.headers.get("Govah-More")).toBe("no")
  await postCells(relay.url, seededCells("tag more", 1))
  const later = await list(relay.url, capability, "", { "If-None-Match": tag })
  expect(later.status).toBe(200)
  expect((await later.arrayBuffer()).byteLength).toBe(4 * 16_384)
})

test("Cursors and limits that cannot be are malformed", async () => {
  const relay = await startRelay()
  const capability = await admit(relay.store, { deskKey: someDeskKey() })
  for (const query of [
    "?after=x",
    "?after=",
    "?limit=0",
    "?limit=257",
    "?limit=1e2",
    "?limit=-1",
    "?limit=%00",
  ]) {
    const answer = await list(relay.url, capability, query)
    expect([answer.status, await answer.text()], query).toEqual([400, '{"error":"malformed"}'])
  }
})
