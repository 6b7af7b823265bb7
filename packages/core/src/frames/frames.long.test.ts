import { setImmediate } from "node:timers/promises"
import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { expect, test } from "vitest"
import { concatBytes, toBase64Url, toHex } from "../bytes/index.ts"
import { cardFromBytes, invitationFromBytes, parseKeyWords, parseShortInvitation } from "../card/index.ts"
import { CELL_BYTES } from "../cell/index.ts"
import { createPackListener, formatPackFrame, openPackHead, scanPackFrames } from "../pack/index.ts"
import { createFrameCollector, makeFrames, parseFrame } from "./index.ts"

// Everything that a stranger's picture, note or transmitter can say: never a fault, never false bytes, never without end.
const CODES = ["malformed", "unknown-version", "too-long", "truncated", "other-card", "bad-signature"]
const object = p.random(1_500)
const frames = await makeFrames("card", object, p)
const id = toHex(await p.sha256(object))
const desk = toBase64Url(await p.publicKey(new Uint8Array(32).fill(3)))

function codeOf(act: () => unknown): string {
  try {
    act()
    return "accepted"
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

/** A flip, a cut, a splice, a repeat, at places that the runner chooses. */
const change = fc.record({
  kind: fc.constantFrom("flip", "cut", "splice", "repeat", "drop"),
  at: fc.nat(),
  length: fc.nat({ max: 80 }),
  value: fc.integer({ min: 1, max: 255 }),
})
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

function changed(text: string, donor: string, { kind, at: place, length, value }: Change): string {
  const at = place % (text.length + 1)
  const letter = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"[value % 45] as string
  if (kind === "flip") return text.slice(0, at) + letter + text.slice(at + 1)
  if (kind === "cut") return text.slice(0, at)
  if (kind === "splice") return text.slice(0, at) + donor.slice(at, at + length) + text.slice(at + length)
  if (kind === "repeat") return text.slice(0, at + length) + text.slice(at)
  return text.slice(0, at) + text.slice(at + length)
}

test("10^6 changed frames, notes and cards: refused with a code, or what was said before", async () => {
  const property = fc.property(fc.nat(), fc.nat(), change, (which, other, c) => {
    const text = frames[which % frames.length] as string
    const received = changed(text, frames[other % frames.length] as string, c)
    // No assertion library in here: a million cases of it would take most of the time.
    const code = codeOf(() => parseFrame(received))
    if (code === "accepted" ? !frames.includes(received) : !CODES.includes(code)) return false
    if (c.at % 10 > 0) return true
    const note = codeOf(() => parseShortInvitation(received))
    return (
      (note === "accepted" || CODES.includes(note)) && codeOf(() => parseKeyWords(received)) === "accepted"
    )
  })
  // In turns: a minute without an answer, and the runner takes this process for dead.
  for (let turn = 0; turn < 100; turn++) {
    fc.assert(property, { numRuns: 10_000 })
    await setImmediate()
  }
})

test("10^5 strings of bytes are no cards and no invitations, or spell one", async () => {
  const property = fc.property(fc.uint8Array({ maxLength: 1_600 }), (bytes) => {
    expect([typeof cardFromBytes(bytes), typeof invitationFromBytes(bytes)]).not.toContain("undefined")
  })
  for (let turn = 0; turn < 10; turn++) {
    fc.assert(property, { numRuns: 10_000 })
    await setImmediate()
  }
})

test("10^4 loops with changed frames mixed in: the object, or nothing", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(), change), { maxLength: 6 }),
      fc.shuffledSubarray([...frames]),
      async (lies, some) => {
        const collector = createFrameCollector(p)
        const mixed = [
          ...lies.map(([i, c]) => changed(frames[i % frames.length] as string, frames[0] as string, c)),
          ...some,
        ]
        for (const text of mixed) {
          const progress = await collector.add(text).catch(() => null)
          if (progress?.whole)
            expect([progress.whole.id, toHex(progress.whole.object)]).toEqual([id, toHex(object)])
        }
      },
    ),
    { numRuns: 10_000 },
  )
})

test("10^4 false streams: scanned to the end, and nothing in them is believed", async () => {
  const body = new Uint8Array(CELL_BYTES)
  const frame = formatPackFrame({ kind: "head", pack: "00".repeat(8), number: 0, body })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(CELL_BYTES), fc.nat(40), fc.nat(255)), { maxLength: 8 }),
      async (edits) => {
        const stream = concatBytes(
          ...edits.map(([at, length, value]) => {
            const part = frame.slice(length % 3 === 0 ? length : 0, CELL_BYTES - at + 40)
            part[length % part.length] = value
            return part
          }),
        )
        const listener = createPackListener(desk, p)
        async function* chunks(): AsyncGenerator<Uint8Array> {
          for (let at = 0; at < stream.length; at += 9_999) yield stream.subarray(at, at + 9_999)
        }
        for await (const found of scanPackFrames(chunks())) expect(await listener.add(found)).toBeNull()
        expect(listener.packs()).toEqual([])
        await expect(openPackHead(stream.slice(0, CELL_BYTES), desk, p)).rejects.toMatchObject({
          code: expect.any(String),
        })
      },
    ),
    { numRuns: 10_000 },
  )
})
