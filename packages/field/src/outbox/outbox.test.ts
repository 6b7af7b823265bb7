import { link, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { CELL_BYTES, type CellId, cellId } from "@govah/core/cell"
import type { SealedCell, SealedParcel } from "@govah/core/seal"
import { nodePrimitives as p } from "@govah/node"
import { beforeEach, expect, onTestFinished, test } from "vitest"
import { folderDrawer } from "../node/folder-drawer.ts"
import type { Drawer } from "../store/index.ts"
import { openOutbox } from "./index.ts"
import { bare, locked } from "../testing/locked.ts"

// Cells as the outbox sees them: 16 KiB that mean nothing.
const bodies = [p.random(CELL_BYTES), p.random(CELL_BYTES), p.random(CELL_BYTES)]
const ids = await Promise.all(bodies.map(async (bytes) => await cellId(bytes, p)))
const arrived = p.random(32)

async function* sealing(): AsyncGenerator<SealedCell, SealedParcel, void> {
  for (const [i, bytes] of bodies.entries()) yield { id: ids[i] as CellId, bytes }
  return { rootId: ids.at(-1) as CellId, cellIds: ids, arrived, used: p.random(32), reply: p.random(32) }
}

let folder: string
let drawer: Drawer
beforeEach(async () => {
  const made = await mkdtemp(join(tmpdir(), "govah-outbox-"))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  folder = join(made, "unit")
  drawer = await folderDrawer(folder)
})

/** What of the parcel stands in some bytes of the disk. */
function traces(disk: Buffer): readonly string[] {
  const marks: [string, Uint8Array][] = [
    ...bodies.map((bytes, i): [string, Uint8Array] => [`cell ${i}`, bytes.subarray(5_000, 5_032)]),
    ...ids.map((id, i): [string, Uint8Array] => [`id ${i}`, Buffer.from(id, "hex")]),
    ["secret", Buffer.from(Buffer.from(arrived).toString("base64url"))],
  ]
  return marks.filter(([, bytes]) => disk.includes(bytes)).map(([name]) => name)
}

test.each(["erased", "arrived"] as const)(
  "the blocks of a parcel that has %s are overwritten before they are given back",
  async (how) => {
    // A drawer that gives no block back shows what would still lie in one.
    const keeping: Drawer = {
      ...drawer,
      open: async (name, create) => {
        const file = await drawer.open(name, create)
        return file === null ? null : { ...file, truncate: async () => undefined }
      },
    }
    const outbox = await openOutbox(bare(keeping, p), p)
    const id = await outbox.keep(sealing(), "2021-02-22")
    const blocks = ["cells-", "record-"].map((prefix) => join(folder, `${prefix}${id}`))
    for (const path of blocks) await link(path, `${path}.held`)
    const held = async (): Promise<Buffer> =>
      Buffer.concat(await Promise.all(blocks.map((path) => readFile(`${path}.held`))))
    // Control: all of it is there before.
    expect(traces(await held())).toHaveLength(bodies.length + ids.length + 1)
    if (how === "erased") await outbox.erase(id)
    else expect(await outbox.settle(() => true)).toEqual([id])
    expect(traces(await held())).toEqual([])
  },
)

test("a cell that was changed on this disk is not sent as what it was", async () => {
  const outbox = await openOutbox(locked(drawer, p), p)
  const id = await outbox.keep(sealing(), "2021-02-22")
  const cells = await outbox.cells(id)
  const path = join(folder, `cells-${id}`)
  const bytes = await readFile(path)
  bytes[CELL_BYTES + 7] = (bytes[CELL_BYTES + 7] as number) ^ 1
  await writeFile(path, bytes)
  await expect(outbox.readCell(id, cells[1] as (typeof cells)[number])).rejects.toMatchObject({
    code: "damaged",
  })
  for (const i of [0, 2]) {
    expect(await outbox.readCell(id, cells[i] as (typeof cells)[number])).toEqual(bodies[i])
  }
})

test("what one relay has acknowledged says nothing of the other cells, nor of another relay", async () => {
  const outbox = await openOutbox(locked(drawer, p), p)
  const id = await outbox.keep(sealing(), "2021-02-22")
  await outbox.acknowledge(id, "https://a.example", [1])
  const again = await openOutbox(locked(drawer, p), p)
  const left = async (relay: string): Promise<readonly number[]> =>
    (await again.unacknowledged(id, relay)).map(({ index }) => index)
  expect(await left("https://a.example")).toEqual([0, 2])
  expect(await left("https://b.example")).toEqual([0, 1, 2])
})
