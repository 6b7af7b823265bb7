import { createConnection } from "node:net"
import { nodePrimitives } from "@govah/node"
import { expect, test } from "vitest"
import { uploadSessions } from "../session/upload-sessions.ts"
import { hashOf, seededBytes, seededCells, startRelay } from "../testing/test-relay.ts"

const OCTETS = { "Content-Type": "application/octet-stream" }
const nameOf = (seed: string): string => Buffer.from(seededBytes(seed, 16)).toString("base64url")
const idsOf = (cells: readonly Uint8Array[]): Buffer => Buffer.from(cells.map(hashOf).join(""), "hex")

async function post(url: string, cells: readonly Uint8Array[], session: string | null): Promise<Buffer> {
  const headers = { ...OCTETS, ...(session === null ? {} : { "Govah-Session": session }) }
  const answer = await fetch(`${url}/cells`, { method: "POST", headers, body: Buffer.concat(cells) })
  return Buffer.from(await answer.arrayBuffer())
}

async function have(url: string, ids: Buffer, session: string | null): Promise<Buffer> {
  const headers = { ...OCTETS, ...(session === null ? {} : { "Govah-Session": session }) }
  const answer = await fetch(`${url}/have`, { method: "POST", headers, body: new Uint8Array(ids) })
  if (answer.status !== 200) throw new Error(await answer.text())
  return Buffer.from(await answer.arrayBuffer())
}

/** A relay with a body's answer: the bits, as text, and the hash over the ids. */
const bits = (answer: Buffer, count: number): string =>
  [...answer.subarray(0, -32)]
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("")
    .slice(0, count)

test("a sender learns what of its own session is durable, in the form of a post's answer", async () => {
  const { url } = await startRelay({ workBits: 0 })
  const cells = seededCells("mine", 10)
  const told = await post(url, cells.slice(0, 7), nameOf("session"))
  const answer = await have(url, idsOf(cells), nameOf("session"))
  expect(bits(answer, 10)).toBe("1111111000")
  expect(answer).toHaveLength(2 + 32)
  const same = await have(url, idsOf(cells.slice(0, 7)), nameOf("session"))
  expect(same.equals(told)).toBe(true)
})

test("what others sent is never said: not to another session, to none, to one that is guessed, nor to one that only asks", async () => {
  const { url, store } = await startRelay({ workBits: 0 })
  const cells = seededCells("theirs", 8)
  await post(url, cells, nameOf("theirs"))
  await post(url, seededCells("unnamed", 8), null)
  const ids = idsOf(cells)
  for (const session of [
    nameOf("another"),
    null,
    "",
    "short",
    `${nameOf("theirs")}A`,
    Buffer.alloc(16).toString("base64url"),
  ]) {
    // The relay has all of them: only the session is wrong.
    const answer = await have(url, ids, session)
    expect([bits(answer, 8), answer.length]).toEqual(["00000000", 33])
  }
  expect(await store.count()).toBe(16)
  expect(bits(await have(url, idsOf(seededCells("unnamed", 8)), nameOf("theirs")), 8)).toBe("00000000")
  // What is asked for does not become part of the session.
  await have(url, idsOf(seededCells("asked", 8)), nameOf("mine"))
  await post(url, seededCells("asked", 8), nameOf("theirs"))
  expect(bits(await have(url, idsOf(seededCells("asked", 8)), nameOf("mine")), 8)).toBe("00000000")
  // Control: the right one is told, or the test above could not fail.
  expect(bits(await have(url, ids, nameOf("theirs")), 8)).toBe("11111111")
})

test("of a post that was cut, the session knows the whole cells that came", async () => {
  const relay = await startRelay({ workBits: 0 })
  const cells = seededCells("cut", 4)
  const body = Buffer.concat(cells)
  const session = nameOf("cut")
  const committed = relay.store.commits
  const socket = createConnection(relay.port, "127.0.0.1")
  socket.write(
    `POST /cells HTTP/1.1\r\nHost: relay\r\nContent-Type: application/octet-stream\r\nGovah-Session: ${session}\r\nContent-Length: ${body.length}\r\n\r\n`,
  )
  await new Promise<void>((resolve) => {
    socket.write(body.subarray(0, 2 * 16_384 + 500), () => resolve())
  })
  socket.end()
  await expect.poll(() => relay.store.commits).toBeGreaterThan(committed)
  await expect.poll(async () => bits(await have(relay.url, idsOf(cells), session), 4)).toBe("1100")
})

test("what is remembered is bounded in number and in time, and names neither cell nor session", async () => {
  let now = 0
  const sessions = uploadSessions(nodePrimitives, () => now, 100)
  const [a, b] = [seededBytes("a", 16), seededBytes("b", 16)]
  const ids = Array.from({ length: 150 }, (_, i) => seededBytes(`id ${i}`, 32))
  await sessions.note(a, ids.slice(0, 60))
  await sessions.note(b, ids.slice(60))
  const known = [...(await sessions.posted(a, ids)), ...(await sessions.posted(b, ids))]
  expect(known.filter(Boolean)).toHaveLength(100)
  expect((await sessions.posted(b, ids.slice(60))).every(Boolean)).toBe(true)
  now = 3_600_001
  expect((await sessions.posted(b, ids)).some(Boolean)).toBe(false)
})

test("anything that is no list of ids is refused", async () => {
  const { url } = await startRelay({ workBits: 0 })
  const asked = async (body: Uint8Array, type = "application/octet-stream"): Promise<string> => {
    const headers = { "Content-Type": type }
    const answer = await fetch(`${url}/have`, { method: "POST", headers, body: new Uint8Array(body) })
    return ((await answer.json()) as { error: string }).error
  }
  expect(await asked(new Uint8Array(0))).toBe("malformed")
  expect(await asked(new Uint8Array(33))).toBe("malformed")
  expect(await asked(new Uint8Array(65 * 32))).toBe("too-long")
  expect(await asked(new Uint8Array(32), "text/plain")).toBe("unsupported-type")
})
