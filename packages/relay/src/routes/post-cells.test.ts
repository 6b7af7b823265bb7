import { connect } from "node:net"
import { once } from "node:events"
import { CELL_BYTES, decodeBitmap } from "@govah/core/cell"
import { formatWork } from "@govah/core/work"
import { expect, test } from "vitest"
import { admit } from "../admission/admission.ts"
import {
  hashOf,
  postCells,
  pullAll,
  seededBytes,
  seededCells,
  someDeskKey,
  startRelay,
  workFor,
} from "../testing/test-relay.ts"

const namesHash = (cells: readonly Uint8Array[]): string =>
  hashOf(Buffer.concat(cells.map((cell) => Buffer.from(hashOf(cell), "hex"))))

async function readAnswer(
  answer: Response,
  count: number,
): Promise<{ bits: readonly boolean[] | null; names: string }> {
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return {
    bits: decodeBitmap(bytes.subarray(0, bytes.length - 32), count),
    names: Buffer.from(bytes.subarray(bytes.length - 32)).toString("hex"),
  }
}

async function expectRefusal(answer: Response, status: number, code: string): Promise<void> {
  expect(await answer.text()).toBe(JSON.stringify({ error: code }))
  expect(answer.status).toBe(status)
}

test("What a POST acknowledges, an admitted desk pulls, bit for bit", async () => {
  const relay = await startRelay()
  const cells = seededCells("contract", 5)
  const answer = await postCells(relay.url, cells)
  expect(answer.status).toBe(200)
  expect(await readAnswer(answer, 5)).toEqual({
    bits: [true, true, true, true, true],
    names: namesHash(cells),
  })

  const capability = await admit(relay.store, { deskKey: someDeskKey() })
  const { ids } = await pullAll(relay.url, capability)
  expect([...ids].sort()).toEqual(cells.map(hashOf).sort())
})

test("64 cells are taken, 65 are refused, with or without a length in front", async () => {
  const relay = await startRelay()
  const cells = seededCells("limit", 65)
  expect((await postCells(relay.url, cells.slice(0, 64), seededBytes("tail", CELL_BYTES - 1))).status).toBe(
    200,
  )
  await expectRefusal(await postCells(relay.url, cells), 413, "too-long")

  const chunked = new ReadableStream({
    start(controller) {
      for (const cell of cells) controller.enqueue(cell)
      controller.close()
    },
  })
  const headers = {
    "Content-Type": "application/octet-stream",
    "Govah-Work": await workFor(relay.url, cells),
  }
  const request = { method: "POST", headers, body: chunked }
  await expectRefusal(
    await fetch(`${relay.url}/cells`, { ...request, duplex: "half" } as RequestInit),
    413,
    "too-long",
  )
  expect(await relay.store.count()).toBe(64)
})

test("A cut tail is ignored, and less than one cell is malformed", async () => {
  const relay = await startRelay()
  const cells = seededCells("cut", 2)
  const answer = await postCells(relay.url, cells, seededBytes("tail", 100))
  expect(await readAnswer(answer, 2)).toEqual({ bits: [true, true], names: namesHash(cells) })
  await expectRefusal(await postCells(relay.url, [], seededBytes("tail", CELL_BYTES - 1)), 400, "malformed")
  await expectRefusal(await postCells(relay.url, []), 400, "malformed")
})

test("A flipped bit shows in the answer; the other cells are kept, and a resend heals", async () => {
  const relay = await startRelay()
  const cells = seededCells("flip", 3)
  const damaged = cells.map((cell) => cell.slice())
  const middle = damaged[1] as Uint8Array
  middle[7777] = (middle[7777] as number) ^ 4

  const first = await readAnswer(await postCells(relay.url, damaged), 3)
  expect(first.names).not.toBe(namesHash(cells))
  const capability = await admit(relay.store, { deskKey: someDeskKey() })
  const missing = async (): Promise<string[]> => {
    const { ids } = await pullAll(relay.url, capability)
    return cells.map(hashOf).filter((id) => !ids.has(id))
  }
  expect(await missing()).toEqual([hashOf(cells[1] as Uint8Array)])

  for (const cell of cells) {
    expect((await readAnswer(await postCells(relay.url, [cell]), 1)).names).toBe(namesHash([cell]))
  }
  expect(await missing()).toEqual([])
})

test("New and known cells get the same answer after a commit each", async () => {
  const relay = await startRelay()
  // The first post of all makes room for others too.
  await postCells(relay.url, seededCells("first", 1))
  const cells = seededCells("known", 4)
  const answers: [number, string, string[]][] = []
  for (const _ of ["new", "known"]) {
    const before = relay.store.commits
    const answer = await postCells(relay.url, cells)
    const headers = [...answer.headers]
      .filter(([name]) => name !== "date")
      .map(([name, value]) => `${name}: ${value}`)
    answers.push([answer.status, Buffer.from(await answer.arrayBuffer()).toString("hex"), headers])
    expect(relay.store.commits).toBe(before + 1)
  }
  expect(answers[1]).toEqual(answers[0])
})

test("Other methods, types and paths are refused by their codes", async () => {
  const relay = await startRelay()
  const put = await fetch(`${relay.url}/cells`, { method: "PUT" })
  expect(put.headers.get("Allow")).toContain("POST")
  await expectRefusal(put, 405, "method-not-allowed")
  await expectRefusal(
    await fetch(`${relay.url}/cells`, { method: "POST", body: "text" }),
    415,
    "unsupported-type",
  )
  const form = new FormData()
  form.set("bundle", new Blob([Buffer.concat(seededCells("form", 2))]))
  await expectRefusal(
    await fetch(`${relay.url}/cells`, { method: "POST", body: form }),
    415,
    "unsupported-type",
  )
  await expectRefusal(await fetch(`${relay.url}/other`), 404, "not-found")
})

test("A page of another origin may post, and no answer sets a cookie", async () => {
  const relay = await startRelay()
  const asked = {
    Origin: "null",
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type",
  }
  const preflight = await fetch(`${relay.url}/cells`, { method: "OPTIONS", headers: asked })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get("Access-Control-Allow-Origin")).toBe("*")
  expect(preflight.headers.get("Access-Control-Allow-Methods")).toBe("POST")
  expect(preflight.headers.get("Access-Control-Allow-Headers")).toBe(
    "Content-Type, Govah-Session, Govah-Token, Govah-Work",
  )
  for (const answer of [await postCells(relay.url, seededCells("cors", 1)), await postCells(relay.url, [])]) {
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("*")
    expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff")
    expect(answer.headers.get("Set-Cookie")).toBeNull()
  }
})

// Work that looks as if it paid: it is checked when the cells are here.
const LOOKS_PAID = formatWork({
  day: Math.floor(Date.now() / 86_400_000),
  nonces: Array.from({ length: 64 }, () => new Uint8Array(8)),
})
const SLOW_POST = `POST /cells HTTP/1.1\r\nHost: relay\r\nContent-Type: application/octet-stream\r\nGovah-Work: ${LOOKS_PAID}\r\nContent-Length: ${CELL_BYTES}\r\n\r\nabc`

test("A body that drips is answered too-slow, and stores nothing", async () => {
  const relay = await startRelay({ bodyMs: 200 })
  const socket = connect(relay.port, "127.0.0.1")
  let received = ""
  socket.on("data", (chunk) => {
    received += chunk.toString()
  })
  socket.write(SLOW_POST)
  await once(socket, "close")
  expect(received).toContain("408")
  expect(received).toContain('{"error":"too-slow"}')
})

test.each(["cut", "too slow"])("Of a bundle that is %s, the whole cells are kept", async (how) => {
  const relay = await startRelay(how === "cut" ? {} : { bodyMs: 300 })
  const cells = seededCells(`salvage ${how}`, 3)
  const socket = connect(relay.port, "127.0.0.1")
  socket.on("error", () => undefined)
  socket.resume()
  const head = SLOW_POST.replace(LOOKS_PAID, await workFor(relay.url, cells))
  socket.write(head.replace(`${CELL_BYTES}`, `${3 * CELL_BYTES}`).replace("abc", ""))
  await new Promise((resolve) => socket.write(Buffer.concat(cells).subarray(0, 3 * CELL_BYTES - 1), resolve))
  const capability = await admit(relay.store, { deskKey: someDeskKey() })
  if (how === "cut") socket.end()
  await expect
    .poll(async () => [...(await pullAll(relay.url, capability)).ids].sort())
    .toEqual(cells.slice(0, 2).map(hashOf).sort())
  socket.destroy()
})

test("A half-open connection is closed", async () => {
  const relay = await startRelay({ idleMs: 1_000 })
  for (const sent of ["", "POST /cells HTTP/1.1\r\nHost: relay\r\n", SLOW_POST]) {
    const socket = connect(relay.port, "127.0.0.1")
    socket.on("error", () => undefined)
    socket.resume()
    socket.write(sent)
    await once(socket, "close")
  }
  expect((await postCells(relay.url, seededCells("after", 1))).status).toBe(200)
})

test("Bodies beyond the memory bound are answered busy, and freed memory is used again", async () => {
  const relay = await startRelay({ maxHeldBytes: 4 * CELL_BYTES, bodyMs: 60_000 })
  const holder = connect(relay.port, "127.0.0.1")
  holder.on("error", () => undefined)
  holder.resume()
  holder.write(SLOW_POST.replace(`${CELL_BYTES}`, `${4 * CELL_BYTES}`))
  const half = 2 * CELL_BYTES
  await new Promise((resolve) => holder.write(seededBytes("held", half), resolve))

  const refused = await postCells(relay.url, seededCells("busy", 4))
  expect(refused.headers.get("Retry-After")).toBe("1")
  await expectRefusal(refused, 503, "busy")
  holder.destroy()
  await expect.poll(async () => (await postCells(relay.url, seededCells("busy", 4))).status).toBe(200)
})

test("A full store answers 507, keeps nothing of the refused and all of the acknowledged", async () => {
  const relay = await startRelay({ maxBytes: 4_000_000 })
  const capability = await admit(relay.store, { deskKey: someDeskKey() })
  const kept: Uint8Array[] = []
  let refused: Uint8Array[] = []
  for (let i = 0; refused.length === 0; i++) {
    const cells = seededCells(`full ${i}`, 7)
    const answer = await postCells(relay.url, cells)
    if (answer.status === 200) kept.push(...cells)
    else {
      await expectRefusal(answer, 507, "full")
      refused = cells
    }
  }
  const { ids } = await pullAll(relay.url, capability)
  expect([...ids].sort()).toEqual(kept.map(hashOf).sort())
  expect(kept.length).toBeGreaterThan(20)
  // Known cells would need no room. But to take them would say that they are known.
  expect((await postCells(relay.url, kept.slice(0, 7))).status).toBe(507)
})
