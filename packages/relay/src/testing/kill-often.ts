import { expect } from "vitest"
import { join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import type { RelayStore } from "../store/port.ts"
import { openStore } from "../store/sqlite/sqlite-store.ts"
import { type ChildRelay, spawnRelay } from "./child-relay.ts"
import { freshFolder, hashOf, ownCells, postCells, postTokens, realDeps, seededBytes } from "./test-relay.ts"

/** What senders were told before the relay was gone. */
interface Told {
  /** Ids, hex, of cells that were acknowledged. */
  readonly kept: string[]
  /** Ids of cells that the relay was asked to forget. */
  readonly asked: string[]
  /** Of those, the ones where it said that it did. */
  readonly forgotten: string[]
}

/** What many kills did. */
export interface Killed {
  readonly acknowledged: number
  readonly forgotten: number
  /** Ids of cells that were acknowledged and are not there, or forgotten and there. */
  readonly lost: readonly string[]
}

const SENDERS = 4

/** Nobody works here: what is killed is a store at its work, and a sender that counts nonces gives it none. */
const PLACE = { GOVAH_RELAY_PORT: "0", GOVAH_RELAY_WORK_BITS: "0" }

// Posts, and now and then forgets, until the relay is gone.
async function sendUntilCut(url: string, seed: string, told: Told, onAnswer: () => void): Promise<void> {
  for (let i = 0; ; i++) {
    const { cells, tokens } = ownCells(`${seed} ${i}`, 1 + ((i * 7) % 20))
    const victim = cells.findIndex((_, at) => at % 7 === 3)
    try {
      const answer = await postCells(url, cells)
      const body = new Uint8Array(await answer.arrayBuffer())
      if (answer.status !== 200 || body.length !== Math.ceil(cells.length / 8) + 32) return
      told.kept.push(...cells.map(hashOf))
      onAnswer()
      if (victim < 0) continue
      const id = hashOf(cells[victim] as Uint8Array)
      told.asked.push(id)
      if ((await postTokens(url, [tokens[victim] as Uint8Array])).status !== 204) return
      told.forgotten.push(id)
      onAnswer()
    } catch {
      return
    }
  }
}

async function killAt(relay: ChildRelay, seed: string, told: Told): Promise<void> {
  // A random instant: some answers, then a part of a commit, later, the process is killed wherever it happens to be.
  const [a, b] = seededBytes(seed, 2) as unknown as [number, number]
  let answersLeft = 1 + (a % 16)
  const due = Promise.withResolvers<void>()
  const onAnswer = (): void => {
    if (--answersLeft === 0) setTimeout(due.resolve, b % 16)
  }
  const senders = Array.from({ length: SENDERS }, (_, i) =>
    sendUntilCut(relay.url, `${seed} ${i}`, told, onAnswer),
  )
  await Promise.race([due.promise, Promise.all(senders)])
  await relay.end("SIGKILL")
  await Promise.all(senders)
}

/** Kills a relay again and again under load, while it stores, forgets, closes windows and moves cells. */
export async function killOften(program: string, kills: number): Promise<Killed> {
  const file = join(freshFolder(), "relay.db")
  const told: Told = { kept: [], asked: [], forgotten: [] }
  for (let kill = 0; kill < kills; kill++) {
    await killAt(await spawnRelay(file, program, PLACE), `kill ${kill}`, told)
  }
  const store = openStore(file, realDeps)
  expect(await store.fsck()).toMatchObject({ damaged: [], structure: [] })
  const asked = new Set(told.asked)
  const lost = [
    ...(await absent(
      store,
      told.kept.filter((id) => !asked.has(id)),
    )),
    ...(await present(store, told.forgotten)),
  ]
  await store.close()
  return { acknowledged: told.kept.length, forgotten: told.forgotten.length, lost }
}

async function absent(store: RelayStore, ids: readonly string[]): Promise<string[]> {
  const cells = await store.read(ids.map((id) => Buffer.from(id, "hex")))
  return ids.filter((id, i) => {
    const body = cells[i]?.body
    return body === undefined || body.length !== CELL_BYTES || hashOf(body) !== id
  })
}

async function present(store: RelayStore, ids: readonly string[]): Promise<string[]> {
  const cells = await store.read(ids.map((id) => Buffer.from(id, "hex")))
  return ids.filter((_, i) => cells[i] !== null)
}
