import { nodePrimitives as p } from "@govah/node"
import fc from "fast-check"
import { expect, test } from "vitest"
import { concatBytes, equalBytes, gatherBytes } from "../bytes/index.ts"
import { BODY_BYTES } from "../cell/index.ts"
import { CHUNK_BYTES, payloadBytes } from "../parcel/index.ts"
import { sealPayload } from "../seal/index.ts"
import { openPayload } from "./index.ts"

const fileKey = p.random(16)
const plaintext = p.random(4 * CHUNK_BYTES)

/** A payload in the bodies of its cells, the last filled with random bytes. */
async function bodiesOf(bytes: number): Promise<Uint8Array[]> {
  const sealed = await gatherBytes(sealPayload(fileKey, [plaintext.subarray(0, bytes)], p))
  expect(sealed.length).toBe(payloadBytes(bytes))
  const bodies: Uint8Array[] = []
  for (let at = 0; at < sealed.length; at += BODY_BYTES) {
    const body = p.random(BODY_BYTES)
    body.set(sealed.subarray(at, at + BODY_BYTES))
    bodies.push(body)
  }
  return bodies
}

async function* inTurn(bodies: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, void> {
  yield* bodies
}

/** Opens, and holds every piece that comes out against the truth at once: a bad chunk is never released. */
async function open(bodies: readonly Uint8Array[], bytes: number): Promise<string> {
  let released = 0
  try {
    for await (const piece of openPayload(fileKey, bytes, inTurn(bodies), p)) {
      expect(equalBytes(piece, plaintext.subarray(released, released + piece.length))).toBe(true)
      released += piece.length
    }
  } catch (error) {
    return String((error as { code?: string }).code)
  }
  expect(released).toBe(bytes)
  return "opened"
}

const edges = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 7]
const size = fc.oneof(fc.constantFrom(...edges), fc.nat({ max: 4 * CHUNK_BYTES }))

test("what is sealed opens, in pieces of any size", async () => {
  await fc.assert(
    fc.asyncProperty(size, fc.integer({ min: 1, max: 70_000 }), async (bytes, pieceBytes) => {
      const glued = concatBytes(...(await bodiesOf(bytes)))
      const pieces: Uint8Array[] = []
      for (let at = 0; at < glued.length; at += pieceBytes) pieces.push(glued.subarray(at, at + pieceBytes))
      // Pieces of one byte are for the small ones.
      fc.pre(pieces.length < 5_000)
      expect(await open(pieces, bytes)).toBe("opened")
    }),
    { numRuns: 120 },
  )
})

test("flipped, cut, dropped, repeated or reordered cells never give other data", async () => {
  const change = fc.constantFrom("flip", "drop", "repeat", "swap", "cut", "shift", "shorter", "longer", "mix")
  const seen = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(size, change, fc.nat(), fc.nat(), async (bytes, kind, a, b) => {
      const bodies = await bodiesOf(bytes)
      const i = a % bodies.length
      const j = b % bodies.length
      const at = b % Math.min(BODY_BYTES, payloadBytes(bytes) - i * BODY_BYTES)
      const body = bodies[i] as Uint8Array
      let length = bytes
      if (kind === "flip") body[at] = (body[at] as number) ^ (1 + (a % 255))
      if (kind === "drop") bodies.splice(i, 1)
      if (kind === "repeat") bodies.splice(i, 0, body)
      if (kind === "swap") [bodies[i], bodies[j]] = [bodies[j] as Uint8Array, body]
      if (kind === "cut") bodies[i] = body.subarray(0, at)
      if (kind === "shift")
        bodies[i] = concatBytes(
          body.subarray(0, at),
          Uint8Array.of((body[at] as number) ^ 1),
          body.subarray(at),
        )
      if (kind === "shorter") length = Math.max(0, bytes - 1 - (b % 100_000))
      if (kind === "longer") length = bytes + 1 + (b % 100_000)
      if (kind === "mix") bodies[i] = (await bodiesOf(bytes))[i] as Uint8Array
      const result = await open(bodies, length)
      seen.set(result, (seen.get(result) ?? 0) + 1)
      // Some changes change nothing (a cell swapped with itself, the last one repeated): then the data are the same.
      const untouched = (kind === "swap" && i === j) || (kind === "repeat" && i === bodies.length - 2)
      const empty = kind === "mix" && bodies.length === 1
      if (untouched || empty || (kind === "shorter" && bytes === 0)) expect(result).toBe("opened")
      else expect(["tampered", "truncated"], `${kind} ${i} ${j} ${at} of ${bytes}`).toContain(result)
    }),
    { numRuns: 1_000 },
  )
  expect(seen.get("tampered") ?? 0).toBeGreaterThan(100)
  expect(seen.get("truncated") ?? 0).toBeGreaterThan(50)
})

test("no two payloads of one key share a nonce", async () => {
  const nonces = await Promise.all(
    Array.from({ length: 200 }, async () =>
      Buffer.from(await firstOf(sealPayload(fileKey, [], p))).toString("hex"),
    ),
  )
  expect(new Set(nonces).size).toBe(200)
})

async function firstOf(pieces: AsyncGenerator<Uint8Array, void, void>): Promise<Uint8Array> {
  const { value } = await pieces.next()
  await pieces.return()
  return value as Uint8Array
}
