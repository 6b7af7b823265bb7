import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { toHex } from "../bytes/index.ts"
import { CELL_BYTES } from "../cell/index.ts"
import { rebuildShards } from "../erasure/index.ts"
import { toBase45 } from "./base45.ts"
import {
  type Collected,
  createFrameCollector,
  formatFrame,
  type FrameCollector,
  FRAME_CHARS,
  makeFrames,
  parseFrame,
} from "./index.ts"

const cell = new Uint8Array(p.random(CELL_BYTES))
const frames = await makeFrames("cell", cell, p)
const needed = parseFrame(frames[0] as string).count

/** The same every run. */
function randomly(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)
}
async function collect(
  texts: readonly string[],
  collector: FrameCollector = createFrameCollector(p),
): Promise<Collected[]> {
  const whole: Collected[] = []
  for (const text of texts) {
    const progress = await collector.add(text).catch(() => null)
    if (progress?.whole) whole.push(progress.whole)
  }
  return whole
}
/** A frame with a changed symbol and a checksum that fits: what only a person who means it makes. */
function poisoned(text: string): string {
  const frame = parseFrame(text)
  const symbol = frame.symbol.slice()
  symbol[7] = (symbol[7] as number) ^ 0x10
  return formatFrame({ ...frame, symbol })
}

test("a cell is 28 symbols and 28 for repair, each for one QR code of version 20", () => {
  expect(needed).toBe(28)
  expect(frames).toHaveLength(56)
  for (const text of frames) expect(text.length).toBeLessThanOrEqual(FRAME_CHARS)
})

test("in any order, 30 % lost, some twice, from any moment on: the same cell, once", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const random = randomly(seed)
    const seen = shuffled([...frames.filter(() => random() >= 0.3), ...frames.slice(0, 9)], random)
    const whole = await collect(seen)
    // 39 frames are seen on average; once in thousands fewer than 28, and then a second round is shown.
    expect(whole.length > 0 || seen.length < needed + 9).toBe(true)
    for (const { object, id } of whole) {
      expect(object).toEqual(cell)
      expect(id).toBe(toHex(await p.sha256(cell)))
    }
    expect(whole.length).toBeLessThanOrEqual(1)
  }
  expect(await collect(frames.slice(25))).toHaveLength(1)
})

test("fewer frames than symbols give nothing", async () => {
  const collector = createFrameCollector(p)
  expect(await collect(frames.slice(1, needed), collector)).toEqual([])
  expect(collector.waiting()).toEqual([{ id: toHex(await p.sha256(cell)), have: needed - 1, need: needed }])
})

test("frames of several objects mixed give all of them", async () => {
  const others = await Promise.all(
    [1, 2, 3].map(async () => await makeFrames("cell", new Uint8Array(p.random(CELL_BYTES)), p)),
  )
  const card = await makeFrames("card", p.random(5_000), p)
  expect((await collect(shuffled([...frames, ...others.flat(), ...card], randomly(5)))).length).toBe(5)
})

describe("a poisoned frame", () => {
  test("without the hash would give false data silently (positive control)", () => {
    const parsed = [poisoned(frames[0] as string), ...frames.slice(1, needed)].map((text) => parseFrame(text))
    const rebuilt = rebuildShards(needed, new Map(parsed.map((frame) => [frame.index, frame.symbol])))
    expect(rebuilt).not.toBeNull()
    expect(rebuilt?.[0]?.subarray(0, 586)).not.toEqual(cell.subarray(0, 586))
  })

  test.each([1, 2, 5])(
    "%i of them: never false data, and the cell as soon as others arrive",
    async (count) => {
      for (let seed = 1; seed <= 5; seed++) {
        const random = randomly(seed)
        const order = shuffled(frames, random)
        const bad = order.slice(0, count).map(poisoned)
        const collector = createFrameCollector(p)
        const first = await collect([...bad, ...order.slice(count, needed)], collector)
        expect(first).toEqual([])
        const status = await collector.add(bad[0] as string)
        expect(status).toMatchObject({ have: needed, need: needed, whole: null })
        // The rest, and then the loop again: the true frames stand beside the false ones.
        const rest = await collect([...order.slice(needed), ...order, ...order], collector)
        expect(rest).toHaveLength(1)
        expect(rest[0]?.object).toEqual(cell)
      }
    },
  )

  test("in place of every single frame, shown before the true ones: the cell comes all the same", async () => {
    const collector = createFrameCollector(p)
    const few = await makeFrames("card", cell.subarray(0, 1_100), p)
    expect(await collect(few.map(poisoned), collector)).toEqual([])
    const whole = await collect(Array.from({ length: 12 }, () => few).flat(), collector)
    expect(whole.map(({ object }) => object)).toEqual([cell.slice(0, 1_100)])
  })

  test("that says another length or another kind for the id stays apart", async () => {
    const frame = parseFrame(frames[3] as string)
    const half = {
      ...frame,
      kind: "card",
      objectBytes: 1_000,
      count: 2,
      symbol: frame.symbol.slice(0, 500),
    } as const
    const lies = [0, 1, 2, 3].map((index) => formatFrame({ ...half, index }))
    const collector = createFrameCollector(p)
    expect(await collect(lies, collector)).toEqual([])
    expect((await collect(frames, collector)).map(({ object }) => object)).toEqual([cell])
  })
})

test("memory is bounded: the objects that got no frame for longest are dropped", async () => {
  const collector = createFrameCollector(p)
  const many = await Promise.all(
    Array.from({ length: 40 }, async () => await makeFrames("cell", new Uint8Array(p.random(CELL_BYTES)), p)),
  )
  await collect(
    many.map((loop) => loop[0] as string),
    collector,
  )
  expect(collector.waiting()).toHaveLength(16)
  const rivals = Array.from({ length: 50 }, (_, i) => {
    const frame = parseFrame(frames[0] as string)
    return formatFrame({ ...frame, symbol: frame.symbol.map((byte) => byte ^ i) })
  })
  await collect(rivals, collector)
  expect((await collect([...frames], collector)).length).toBe(1)
})

test("any change to a frame is refused with a code, and so is any text", async () => {
  const CODES = ["malformed", "unknown-version", "too-long"]
  const outcome = (text: string): string => {
    try {
      parseFrame(text)
      return "accepted"
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
  fc.assert(
    fc.property(fc.nat(), fc.nat(44), fc.nat(), (which, letter, place) => {
      const text = frames[which % frames.length] as string
      const at = place % text.length
      const changed = text.slice(0, at) + alphabet[letter] + text.slice(at + 1)
      if (changed !== text) expect(CODES).toContain(outcome(changed))
      expect(CODES).toContain(outcome(text.slice(0, at)))
    }),
    { numRuns: 2_000 },
  )
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 200 }).map(toBase45)), (text) => {
      expect(CODES).toContain(outcome(text))
    }),
    { numRuns: 1_000 },
  )
  expect(outcome("0".repeat(5_000))).toBe("too-long")
  await expect(makeFrames("cell", new Uint8Array(CELL_BYTES + 1), p)).rejects.toMatchObject({
    code: "too-long",
  })
  await expect(makeFrames("card", new Uint8Array(), p)).rejects.toMatchObject({ code: "too-long" })
  await expect(makeFrames("cell", cell, p, 200)).rejects.toMatchObject({ code: "too-long" })
})
