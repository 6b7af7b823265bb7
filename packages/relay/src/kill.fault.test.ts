import { join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import { expect, test } from "vitest"
import { openStore } from "./store/sqlite/sqlite-store.ts"
import { type ChildRelay, spawnRelay } from "./testing/child-relay.ts"
import { freshFolder, hashOf, postCells, realDeps, seededBytes, seededCells } from "./testing/test-relay.ts"

const KILLS = process.env["SLOW"] === undefined ? 20 : 300
const SENDERS = 4

// Posts until the relay is gone. @returns the cells that were acknowledged.
async function sendUntilCut(url: string, seed: string, onAnswer: () => void): Promise<Uint8Array[]> {
  const acknowledged: Uint8Array[] = []
  for (let i = 0; ; i++) {
    const cells = seededCells(`${seed} ${i}`, 1 + ((i * 7) % 20))
    try {
      const answer = await postCells(url, cells)
      const body = new Uint8Array(await answer.arrayBuffer())
      if (answer.status !== 200 || body.length !== Math.ceil(cells.length / 8) + 32)
        throw new Error("no acknowledgement")
    } catch {
      return acknowledged
    }
    acknowledged.push(...cells)
    onAnswer()
  }
}

async function killAt(relay: ChildRelay, seed: string): Promise<Uint8Array[]> {
  // A random instant: some answers, then a part of a commit, later, the process is killed wherever it happens to be.
  const [a, b] = seededBytes(seed, 2) as unknown as [number, number]
  let answersLeft = 1 + (a % 12)
  const due = Promise.withResolvers<void>()
  const onAnswer = (): void => {
    if (--answersLeft === 0) setTimeout(due.resolve, b % 16)
  }
  const senders = Array.from({ length: SENDERS }, (_, i) => sendUntilCut(relay.url, `${seed} ${i}`, onAnswer))
  await Promise.race([due.promise, Promise.all(senders)])
  await relay.end("SIGKILL")
  return (await Promise.all(senders)).flat()
}

// Kills a relay again and again under load. @returns how many cells were acknowledged, and the ids of those not there.
async function killOften(
  program: string,
  kills: number,
): Promise<{ readonly acknowledged: number; readonly lost: readonly string[] }> {
  const file = join(freshFolder(), "relay.db")
  const acknowledged: string[] = []
  for (let kill = 0; kill < kills; kill++) {
    const cells = await killAt(await spawnRelay(file, program), `kill ${kill}`)
    acknowledged.push(...cells.map(hashOf))
  }
  const store = openStore(file, realDeps)
  expect(await store.fsck()).toMatchObject({ damaged: [], structure: [] })
  const cells = await store.read(acknowledged.map((id) => Buffer.from(id, "hex")))
  const lost = acknowledged.filter((id, i) => {
    const body = cells[i]?.body
    return body === undefined || body.length !== CELL_BYTES || hashOf(body) !== id
  })
  await store.close()
  return { acknowledged: acknowledged.length, lost }
}

test(`What was acknowledged survives ${KILLS} kills at random instants, bit for bit`, async () => {
  const { acknowledged, lost } = await killOften("main.ts", KILLS)
  expect(acknowledged).toBeGreaterThan(KILLS * 10)
  expect(lost).toEqual([])
}, 600_000)

test("The same kills catch a relay that answers before the disk has the cells", async () => {
  expect((await killOften("testing/hasty-main.ts", 8)).lost.length).toBeGreaterThan(0)
})
