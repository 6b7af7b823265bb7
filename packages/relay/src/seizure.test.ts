import { readdirSync, readFileSync } from "node:fs"
import { connect } from "node:net"
import { once } from "node:events"
import { join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import { expect, test } from "vitest"
import { type ChildRelay, spawnRelay } from "./testing/child-relay.ts"
import { freshFolder, seededCells, workFor } from "./testing/test-relay.ts"

const USER_AGENT = "PlantedPhone/14.3 (Zahedan)"
const PLANTED = {
  "User-Agent": USER_AGENT,
  "X-Forwarded-For": "203.0.113.77",
  Forwarded: "for=203.0.113.78",
  Cookie: "planted-cookie=7c1b",
  Referer: "https://planted-referrer.example/secret",
  "Accept-Language": "fa-planted",
}
const TAIL = "planted text after the last whole cell"
const CELL_MARK = "planted text inside a cell"

async function seize(program: string): Promise<{ readonly found: string[]; readonly printed: string }> {
  const folder = freshFolder()
  const relay = await spawnRelay(join(folder, "relay.db"), program)
  const from = Date.now()
  await sendTraffic(relay)
  const until = Date.now()
  // Searched while it runs, with the log as full as it gets, and again after SIGKILL and after an orderly end.
  const running = readDisk(folder)
  await relay.end("SIGKILL")
  const killed = readDisk(folder)
  const second = await spawnRelay(join(folder, "relay.db"), "main.ts")
  await second.end("SIGTERM")
  const printed = relay.printed() + second.printed()
  const evidence = Buffer.concat([running, killed, readDisk(folder), Buffer.from(printed)])
  const marks: [string, Buffer][] = [
    ...["127.0.0.1", ...Object.values(PLANTED), TAIL, "planted-query", CELL_MARK].map(
      (text): [string, Buffer] => [text, Buffer.from(text)],
    ),
    ["address, binary", Buffer.from([0, 0, 0, 127, 0, 0, 1])],
  ]
  const found = marks.filter(([, bytes]) => evidence.includes(bytes)).map(([name]) => name)
  if (holdsExactTime(evidence, from, until)) found.push("exact time")
  return { found, printed }
}

async function sendTraffic(relay: ChildRelay): Promise<void> {
  const marked = Buffer.alloc(CELL_BYTES, `${CELL_MARK} `)
  const posts = Array.from({ length: 12 }, async (_, i) => {
    const cells = [...seededCells(`seizure ${i}`, 3), ...(i === 5 ? [marked] : [])]
    const work = await workFor(relay.url, cells)
    const headers = { ...PLANTED, "Content-Type": "application/octet-stream", "Govah-Work": work }
    const body = Buffer.concat([...cells, Buffer.from(TAIL)])
    return await fetch(`${relay.url}/cells?planted-query=${i}`, { method: "POST", headers, body })
  })
  for (const answer of await Promise.all(posts)) expect(answer.status).toBe(200)
  await fetch(`${relay.url}/planted-path`, { headers: PLANTED })
  await fetch(`${relay.url}/cells`, { headers: { ...PLANTED, Authorization: "Bearer planted" } })
  await fetch(`${relay.url}/feed/planted/1`, { method: "PUT", headers: PLANTED, body: TAIL })
  const form = new FormData()
  form.set("bundle", new Blob([Buffer.concat(seededCells("seizure form", 2)), TAIL]), `${TAIL}.jpg`)
  await fetch(`${relay.url}/bundle-file`, { method: "POST", headers: PLANTED, body: form })
  // One who hangs up in the middle, and one who speaks no HTTP.
  for (const sent of [
    `POST /cells HTTP/1.1\r\nHost: x\r\nUser-Agent: ${USER_AGENT}\r\nContent-Length: 99\r\n\r\n${TAIL}`,
    TAIL,
  ]) {
    const socket = connect(relay.port, "127.0.0.1")
    socket.on("error", () => undefined)
    await new Promise((resolve) => socket.write(`${sent}\r\n\r\n`, resolve))
    socket.destroy()
    await once(socket, "close")
  }
}

function readDisk(folder: string): Buffer {
  return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))
}

// Milliseconds, as digits and as the six-byte big-endian integer that SQLite writes. All of a run begin alike: only where
// that beginning stands is the rest read, so that the evidence is gone through twice, however long the run was.
function holdsExactTime(evidence: Buffer, from: number, until: number): boolean {
  const holds = (write: (time: number) => Buffer, read: (bytes: Buffer) => number): boolean => {
    const [first, last] = [write(from), write(until)]
    const differs = first.findIndex((byte, i) => byte !== last[i])
    const head = differs < 0 ? first : first.subarray(0, differs)
    for (let at = evidence.indexOf(head); at >= 0; at = evidence.indexOf(head, at + 1)) {
      const time = at + first.length > evidence.length ? 0 : read(evidence.subarray(at, at + first.length))
      if (time >= from && time <= until) return true
    }
    return false
  }
  return (
    holds(asPacked, (bytes) => bytes.readUIntBE(0, 6)) ||
    holds(asDigits, (bytes) => (bytes.every(isDigit) ? Number(bytes.toString()) : 0))
  )
}

function asPacked(time: number): Buffer {
  const bytes = Buffer.alloc(6)
  bytes.writeUIntBE(time, 0, 6)
  return bytes
}

function asDigits(time: number): Buffer {
  return Buffer.from(`${time}`)
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

test.each([
  ["bytes", asPacked],
  ["digits", asDigits],
])("A time as %s is found wherever it stands, and not a millisecond beside it", (_, write) => {
  const among = (time: number): Buffer[] => [
    write(time),
    Buffer.concat([Buffer.from("beside"), write(time)]),
    Buffer.concat([write(time), Buffer.from("beside")]),
  ]
  // The ends of a run differ in their lowest part, and in nearly all of them.
  for (const [from, until] of [
    [1_764_085_000_001, 1_764_085_000_004],
    [1_799_999_999_000, 1_800_000_000_900],
    [0x01_9a_bc_ff_ff_f0, 0x01_9a_bd_00_00_10],
  ] as const) {
    const holds = (evidence: Buffer): boolean => holdsExactTime(evidence, from, until)
    expect([from, from + 1, until].flatMap(among).every(holds)).toBe(true)
    expect([from - 1, until + 1].flatMap(among).some(holds)).toBe(false)
    expect(holds(write(until).subarray(0, -1))).toBe(false)
  }
})

test("A seized relay holds the cells and nothing about who sent them", async () => {
  const { found, printed } = await seize("main.ts")
  // The mark inside a cell is found: the search does look at what is stored.
  expect(found).toEqual([CELL_MARK])
  expect(printed.replaceAll(/\d+/g, "N")).toBe(
    "relay: ready on port N\nrelay: ready on port N\nrelay: stopped\n",
  )
})

test("The same search finds everything in a relay that keeps notes", async () => {
  const { found } = await seize("testing/leaky-main.ts")
  for (const mark of [
    "127.0.0.1",
    ...Object.values(PLANTED),
    TAIL,
    "planted-query",
    CELL_MARK,
    "exact time",
  ]) {
    expect(found).toContain(mark)
  }
})
