import { createHash } from "node:crypto"
import { CELL_BYTES, type CellId, cellId, encodeBitmap, splitBundle } from "@govah/core/cell"
import type { SealedCell, SealedParcel } from "@govah/core/seal"
import { encodePrice } from "@govah/core/work"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { openOutbox } from "../outbox/index.ts"
import { type Road, RoadError } from "../road/index.ts"
import { crashingDrawer } from "../testing/crashing-drawer.ts"
import { locked } from "../testing/locked.ts"
import { sendWaiting } from "./index.ts"

async function* sealing(cells: number): AsyncGenerator<SealedCell, SealedParcel, void> {
  const ids: CellId[] = []
  for (let i = 0; i < cells; i++) {
    const bytes = p.random(CELL_BYTES)
    ids.push(await cellId(bytes, p))
    yield { id: ids.at(-1) as CellId, bytes }
  }
  return {
    rootId: ids.at(-1) as CellId,
    cellIds: ids,
    arrived: p.random(32),
    used: p.random(32),
    reply: p.random(32),
  }
}

/** A relay behind a line that cuts every third post after some of its cells. @param isAnswering - whether it says what came. */
function cuttingRoad(isAnswering: boolean): {
  road: Road
  received: string[]
  urlsBySession: Map<string, string[]>
} {
  const received: string[] = []
  const idsBySession = new Map<string, Set<string>>()
  const urlsBySession = new Map<string, string[]>()
  let posts = 0
  const answerFor = (
    ids: readonly string[],
    has: (id: string) => boolean,
  ): { status: number; body: Uint8Array } => {
    const digest = createHash("sha256")
      .update(Buffer.from(ids.join(""), "hex"))
      .digest()
    return { status: 200, body: Buffer.concat([encodeBitmap(ids.map(has)), digest]) }
  }
  const road: Road = {
    get: async () => ({
      status: 200,
      body: encodePrice({ bits: 3, day: 1, relay: p.random(16), tokenKeys: [] }),
    }),
    async post(url, body, _, headers) {
      const session = headers?.["Govah-Session"] ?? ""
      urlsBySession.set(session, [...(urlsBySession.get(session) ?? []), new URL(url).pathname])
      if (url.endsWith("/have")) {
        if (!isAnswering) return { status: 404, body: Buffer.from('{"error":"not-found"}') }
        const asked = Buffer.from(body).toString("hex").match(/.{64}/g) ?? []
        return answerFor(asked, (id) => idsBySession.get(session)?.has(id) === true)
      }
      const ids = await Promise.all(splitBundle(body).cells.map((cell) => cellId(cell, p)))
      const isCut = ++posts % 3 === 0
      const came = isCut ? ids.slice(0, Math.ceil(ids.length / 2)) : ids
      received.push(...came)
      idsBySession.set(session, new Set(came))
      if (isCut) throw new RoadError("unreachable", "the line is cut")
      return answerFor(ids, () => true)
    },
  }
  return { road, received, urlsBySession }
}

async function sendOver({ road }: { road: Road }): Promise<void> {
  const outbox = await openOutbox(locked(crashingDrawer(0, false), p), p)
  const id = await outbox.keep(sealing(60), "2021-02-22")
  const relay = { url: "https://relay.example", road: "https" as const }
  const outcome = await sendWaiting(relay, null, { outbox, road, open: { onion: false }, primitives: p })
  expect(outcome).toMatchObject({ sent: 60, left: 0 })
  expect(await outbox.unacknowledged(id, relay.url)).toEqual([])
}

test("what arrived before a cut is asked about, and not sent again", async () => {
  const line = cuttingRoad(true)
  await sendOver(line)
  expect(line.received).toHaveLength(60)
  // Control: a relay that does not answer the question gets some of it twice, and all of it.
  const silent = cuttingRoad(false)
  await sendOver(silent)
  expect(silent.received.length).toBeGreaterThan(60)
  expect(new Set(silent.received).size).toBe(60)
})

test("a session belongs to one bundle, and to the question about it: nothing else is tied together", async () => {
  const { urlsBySession, ...line } = cuttingRoad(true)
  await sendOver(line)
  expect(urlsBySession.has("")).toBe(false)
  for (const [session, urls] of urlsBySession) {
    expect(Buffer.from(session, "base64url")).toHaveLength(16)
    expect(["/cells", "/cells /have"]).toContain(urls.join(" "))
  }
  expect([...urlsBySession.values()].some((urls) => urls.length === 2)).toBe(true)
})
