import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { concatBytes, toBase64Url, toHex } from "../bytes/index.ts"
import { CELL_BYTES } from "../cell/index.ts"
import {
  carouselTurn,
  type CellStore,
  createPackListener,
  formatPackFrame,
  isSafeName,
  makePack,
  openPackHead,
  PACK_FRAME_BYTES,
  type PackFrame,
  planPack,
  rebuildPack,
  scanPackFrames,
  signPackHead,
} from "./index.ts"
import { groupSize, numbersOf, placeOf } from "./plan.ts"

const seed = new Uint8Array(32).fill(3)
const desk = toBase64Url(await p.publicKey(seed))

interface Sender {
  readonly data: Uint8Array
  readonly head: Uint8Array
  /** Frames of turns `from` to `to`. */
  stream(from: number, to: number): Uint8Array[]
}

async function makeSender(byteLength: number, repairPercent?: number, signer = seed): Promise<Sender> {
  const data = concatBytes(
    ...Array.from({ length: Math.ceil(byteLength / 65_536) }, () => p.random(65_536)),
  ).slice(0, byteLength)
  const cells = new Map<number, Uint8Array>()
  const padded = new Uint8Array(Math.max(1, Math.ceil(byteLength / CELL_BYTES)) * CELL_BYTES)
  padded.set(data)
  const readCell = async (n: number): Promise<Uint8Array> => {
    const cell = padded.slice(n * CELL_BYTES, (n + 1) * CELL_BYTES)
    cells.set(n, cell)
    return cell
  }
  const made = await makePack(
    {
      files: [{ name: "archive/data.bin", bytes: byteLength, sha256: toHex(await p.sha256(data)) }],
      readCell,
      keepRepair: async (number, cell) => void cells.set(number, cell),
    },
    p,
    repairPercent,
  )
  const key = toBase64Url(await p.publicKey(signer))
  const head = await signPackHead({ ...made.contents, desk: key, day: "2026-03-01" }, signer, p)
  const pack = toHex((await p.sha256(head)).subarray(0, 8))
  return {
    data,
    head,
    stream: (from, to) =>
      Array.from({ length: to - from }, (_, turn) =>
        [...carouselTurn(made.plan, made.tableCells.length, from + turn)].map(({ kind, number }) => {
          const bodies = {
            head: () => head,
            table: () => made.tableCells[number],
            cell: () => cells.get(number),
          }
          return formatPackFrame({ kind, number, pack, body: bodies[kind]() as Uint8Array })
        }),
      ).flat(),
  }
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** What a receiver makes of a recording: scanned for heads, for tables and for cells, as the command does. */
async function receive(recording: Uint8Array, trusted = desk): Promise<(Uint8Array | null)[]> {
  const listener = createPackListener(trusted, p)
  const stores = new Map<string, Map<number, Uint8Array>>()
  for (let round = 0; round < 3; round++) {
    for await (const frame of scanPackFrames(inChunks(recording, 50_001))) {
      const right = await listener.add(frame)
      if (right === null) continue
      const cells = stores.get(right.id) ?? new Map<number, Uint8Array>()
      stores.set(right.id, cells.set(right.number, frame.body))
    }
  }
  const results: (Uint8Array | null)[] = []
  for (const { id, head, table } of listener.packs()) {
    if (table === null) {
      results.push(null)
      continue
    }
    const cells = stores.get(id) ?? new Map<number, Uint8Array>()
    const store: CellStore = {
      has: (n) => cells.has(n),
      read: async (n) => cells.get(n) as Uint8Array,
      write: async (n, cell) => void cells.set(n, cell),
    }
    const missing = await rebuildPack({ head, table }, store, p)
    const length = table.files.reduce((sum, { bytes }) => sum + bytes, 0)
    const data = Array.from(
      { length: head.plan.dataCells },
      (_, n) => cells.get(n) ?? new Uint8Array(CELL_BYTES),
    )
    results.push(missing > 0 ? null : concatBytes(...data).slice(0, length))
  }
  return results
}

function randomly(start: number): () => number {
  let state = start
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

let sender: Sender
let other: Sender
beforeAll(async () => {
  sender = await makeSender(4_000_000)
  other = await makeSender(300_000)
})

const same = (got: (Uint8Array | null)[], ...wanted: Sender[]): void => {
  expect(got.map((data) => data !== null && toHex(data))).toEqual(wanted.map(({ data }) => toHex(data)))
}

describe("a pack is whole again", () => {
  test("after one turn, started anywhere", async () => {
    same(await receive(concatBytes(...sender.stream(0, 1))), sender)
    const late = concatBytes(...sender.stream(0, 2)).subarray(1_234_567, 1_234_567 + 330 * PACK_FRAME_BYTES)
    same(await receive(late), sender)
  })

  test("with 30 % of the frames lost at random, in two turns", async () => {
    for (const start of [1, 2, 3]) {
      const random = randomly(start)
      same(await receive(concatBytes(...sender.stream(0, 2).filter(() => random() >= 0.3))), sender)
    }
  })

  test("with a burst of 25 % lost, in one turn with 40 % repair, wherever it falls", async () => {
    const stronger = await makeSender(4_000_000, 40)
    const frames = stronger.stream(0, 1)
    for (const begin of [0, 0.2, 0.5, 0.75]) {
      const [from, to] = [begin * frames.length, (begin + 0.25) * frames.length]
      same(await receive(concatBytes(...frames.filter((_, i) => i < from || i >= to))), stronger)
    }
    // The same loss in one piece per group is what the interleaving prevents (positive control).
    const { plan } = await openPackHead(stronger.head, desk, p)
    const grouped = Array.from({ length: plan.groups }, (_, g) => numbersOf(plan, g)).flat()
    const burst = new Set(grouped.slice(0, grouped.length / 4))
    const worst = Math.max(
      ...Array.from({ length: plan.groups }, (_, g) => numbersOf(plan, g).filter((n) => burst.has(n)).length),
    )
    expect(worst).toBeGreaterThan(plan.repair)
  })

  test("with bits flipped, bytes lost and bytes put in, in one turn", async () => {
    const random = randomly(9)
    const whole = concatBytes(...sender.stream(0, 1))
    const parts: Uint8Array[] = []
    for (let at = 0; at < whole.length; ) {
      const length = Math.floor(random() * 900_000) + 100_000
      const part = whole.slice(at, at + length)
      part[Math.floor(random() * part.length)] = 0x55
      parts.push(part, random() < 0.5 ? p.random(Math.floor(random() * 5_000)) : new Uint8Array())
      at += length + (random() < 0.5 ? Math.floor(random() * 3_000) : 0)
    }
    same(await receive(concatBytes(p.random(7_777), ...parts)), sender)
  })

  test("mixed with another pack, frame by frame", async () => {
    const [a, b] = [sender.stream(0, 1), other.stream(3, 8)]
    const mixed = a.flatMap((frame, i) => [frame, ...(b[i] === undefined ? [] : [b[i]])])
    const got = await receive(concatBytes(...mixed))
    same(
      got.sort((x, y) => (y?.length ?? 0) - (x?.length ?? 0)),
      sender,
      other,
    )
  })

  test("also where it is one byte, or nothing", async () => {
    for (const bytes of [0, 1, CELL_BYTES, CELL_BYTES + 1]) {
      const small = await makeSender(bytes)
      same(await receive(concatBytes(...small.stream(5, 6))), small)
    }
  })
})

test("too little is said to be too little, and nothing false comes of it", async () => {
  expect(await receive(concatBytes(...sender.stream(0, 1).slice(0, 200)))).toEqual([null])
  expect(await receive(new Uint8Array(100_000))).toEqual([])
})

describe("what nobody trusted signed is passed over", () => {
  test("a pack of another key", async () => {
    const forged = await makeSender(100_000, 30, new Uint8Array(32).fill(4))
    const recording = concatBytes(...forged.stream(0, 2))
    expect(await receive(recording)).toEqual([])
    // The same recording is fine for whoever trusts that key (positive control).
    expect(await receive(recording, toBase64Url(await p.publicKey(new Uint8Array(32).fill(4))))).toHaveLength(
      1,
    )
  })

  test("false frames under a true pack's name: cells, tables and heads", async () => {
    const true_ = sender.stream(0, 1)
    const lies: Uint8Array[] = []
    for await (const frame of scanPackFrames(inChunks(concatBytes(...true_), 65_536))) {
      lies.push(formatPackFrame({ ...frame, body: frame.body.map((byte) => byte ^ 1) }))
    }
    same(await receive(concatBytes(...lies, ...true_)), sender)
    expect(await receive(concatBytes(...lies))).toEqual([])
  })

  test.each<readonly [string, string, (head: Uint8Array) => Promise<Uint8Array>]>([
    [
      "a flipped bit",
      "bad-signature",
      async (head) => flipped(head, Buffer.from(head).indexOf("2026-03-01") + 3),
    ],
    ["a bit in the filling", "malformed", async (head) => flipped(head, CELL_BYTES - 1)],
    ["cut short", "malformed", async (head) => head.subarray(0, -1)],
    ["no line", "malformed", async () => new Uint8Array(CELL_BYTES)],
    ["a plan of groups too long", "malformed", async (head) => await resigned(head, { groups: 1 })],
    ["more groups than cells", "malformed", async (head) => await resigned(head, { groups: 999_999 })],
    ["a table with other hashes", "malformed", async (head) => await resigned(head, { tableBytes: 900_000 })],
    ["a million groups of 255", "malformed", async (head) => await resigned(head, { dataCells: 2 ** 40 })],
    ["a newer version", "unknown-version", async (head) => await resigned(head, { v: 2 })],
  ])("a head with %s: %s", async (_, code, change) => {
    await expect(openPackHead(await change(sender.head), desk, p)).rejects.toMatchObject({ code })
  })
})

function flipped(head: Uint8Array, at: number): Uint8Array {
  return head.map((byte, i) => (i === at ? byte ^ 1 : byte))
}

/** The head with other members, well signed. */
async function resigned(head: Uint8Array, over: object): Promise<Uint8Array> {
  const document = JSON.parse(Buffer.from(head.subarray(0, head.indexOf(10))).toString()) as object
  const { signLine } = await import("../signed/index.ts")
  const cell = new Uint8Array(CELL_BYTES)
  cell.set(await signLine("govah-pack-v1", { ...document, ...over } as never, seed, p))
  return cell
}

test("every cell has one place, groups differ by one cell at most, and no bound is passed", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3_000 }),
      fc.integer({ min: 1, max: 400 }),
      (dataCells, percent) => {
        const plan = planPack(dataCells, percent)
        const numbers = Array.from({ length: plan.groups }, (_, g) => numbersOf(plan, g)).flat()
        expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: plan.cells }, (_, i) => i))
        for (const [i, number] of numbersOf(plan, plan.groups - 1).entries()) {
          expect(placeOf(plan, number)).toEqual({ group: plan.groups - 1, shard: i })
        }
        expect(groupSize(plan, 0) + plan.repair).toBeLessThanOrEqual(256)
        expect(groupSize(plan, 0) - groupSize(plan, plan.groups - 1)).toBeLessThanOrEqual(1)
      },
    ),
    { numRuns: 200 },
  )
  for (const cells of [0, -1, 40_001]) {
    expect(() => planPack(cells, 30)).toThrowError(expect.objectContaining({ code: "too-long" }))
  }
})

test("every turn sends every cell once, and the whole table", () => {
  const plan = planPack(500, 30)
  for (const [tableCells, turn] of [
    [4, 0],
    [240, 1],
    [2, 77],
  ] as const) {
    const slots = [...carouselTurn(plan, tableCells, turn)]
    expect(new Set(slots.filter(({ kind }) => kind === "cell").map(({ number }) => number)).size).toBe(
      plan.cells,
    )
    expect(new Set(slots.filter(({ kind }) => kind === "table").map(({ number }) => number)).size).toBe(
      tableCells,
    )
  }
})

test.each([
  "",
  "/etc/passwd",
  "../x",
  "a/../b",
  "a//b",
  ".hidden",
  "a/.b",
  "c:\\x",
  "a\u0000",
  "nul.txt",
  "x.",
  "x ",
  "\u202Eexe.txt",
  "a".repeat(201),
  "e\u0301",
])("%j is no name for a file on a stranger's disk", (name) => expect(isSafeName(name)).toBe(false))

test("names of people's languages are names", () => {
  for (const name of ["index.html", "fa/گواهان سراوان.html", "a-b_c.d/e.f"])
    expect(isSafeName(name)).toBe(true)
})

test("any bytes at all are scanned without a fault, and in bounded memory", async () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.constant(Uint8Array.of(0x93, 0x47, 0x4f, 0x56, 0x41, 0x48, 0x50, 0x01)),
    fc.nat(20).map((i) => (sender.stream(0, 1)[i] as Uint8Array).subarray(0, 40)),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 60 }),
      fc.integer({ min: 1, max: 500 }),
      async (pieces, size) => {
        const listener = createPackListener(desk, p)
        const frames: PackFrame[] = []
        for await (const frame of scanPackFrames(inChunks(concatBytes(...pieces), size))) {
          frames.push(frame)
          expect(await listener.add(frame)).toBeNull()
        }
        expect(listener.packs()).toEqual([])
      },
    ),
    { numRuns: 100 },
  )
})
