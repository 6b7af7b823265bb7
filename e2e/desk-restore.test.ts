import { join } from "node:path"
import { CELL_BYTES, cellId, looksLikeRoot } from "@govah/core/cell"
import { createCheapDesk } from "@govah/desk/testing"
import { createFieldHome, enrol, sendAll, tell } from "@govah/field/node"
import { nodePrimitives as primitives } from "@govah/node"
import { admit, createRelay, type Relay, takeFile } from "@govah/relay"
import { writeFile } from "node:fs/promises"
import { expect, onTestFinished, test } from "vitest"
import { freshFolder } from "./field-support.ts"

const deps = { now: () => new Date(), primitives }
const PASSPHRASE = "five plain words for tests"

async function startRelay(file: string, restore: boolean): Promise<Relay> {
  const relay = await createRelay({ file, port: 0, restore }, deps)
  onTestFinished(() => relay.close())
  return relay
}

async function allCells({ store }: Relay): Promise<readonly Uint8Array[]> {
  const ids = (await store.names(null, 10_000)).map(({ id }) => id)
  return (await store.read(ids)).flatMap((cell) => (cell === null ? [] : [cell.body]))
}

test("a desk that lost cells gets them back among strangers'; a relay that is not open for it gives nothing", async () => {
  const folder = await freshFolder()
  const [open, shut] = [
    await startRelay(join(folder, "open.db"), true),
    await startRelay(join(folder, "shut.db"), false),
  ]
  const desk = await createCheapDesk(join(folder, "desk"), { name: "Desk", passphrase: PASSPHRASE }, deps)
  for (const relay of [open, shut]) {
    const capability = await admit(relay.store, { deskKey: desk.key })
    await desk.addRelay({ url: relay.url, road: "lan", capability })
  }
  const home = await createFieldHome(join(folder, "unit"))
  await enrol(home, (await desk.invite("unit")).text)
  await writeFile(join(folder, "file.bin"), primitives.random(8 * CELL_BYTES))
  await tell(home, { text: "words" }, [{ path: join(folder, "file.bin"), kind: "file" }])
  await sendAll(home)
  // Strangers' cells, among which the desk's lie.
  await takeFile(
    open.store,
    (async function* () {
      for (let i = 0; i < 60; i++) yield primitives.random(10 * CELL_BYTES)
    })(),
  )
  // All that the desk has left is the root.
  const root = (await allCells(open)).find(looksLikeRoot) as Uint8Array
  await writeFile(join(folder, "root.bin"), root)
  expect(await desk.take(join(folder, "root.bin"))).toMatchObject({ waiting: 1 })

  await expect(desk.restore(shut.url)).rejects.toMatchObject({ code: "relay-failed" })
  const summary = await desk.restore(open.url)
  const { cells } = (await home.outbox.list())[0] as { cells: number }
  expect(summary).toMatchObject({
    wanted: cells - 1,
    found: cells - 1,
    completed: [await cellId(root, primitives)],
  })
  // Each came with strangers': nothing less than a range was ever asked for.
  expect(summary.fetched).toBeGreaterThan(5 * cells)
  expect((await desk.list())[0]).toMatchObject({ open: "whole", missingCells: 0 })
  expect(await desk.verify()).toEqual([])
  await expect(desk.restore("http://127.0.0.1:1")).rejects.toMatchObject({ code: "no-such-relay" })
  desk.close()
})
