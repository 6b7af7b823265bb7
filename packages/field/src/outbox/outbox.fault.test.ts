import { nodePrimitives as p } from "@govah/node"
import { type CellId, CELL_BYTES, cellId } from "@govah/core/cell"
import type { SealedCell, SealedParcel } from "@govah/core/seal"
import { expect, test } from "vitest"
import { type CrashingDrawer, Crash, crashingDrawer } from "../testing/crashing-drawer.ts"
import { bare, locked } from "../testing/locked.ts"
import { type Outbox, openOutbox } from "./index.ts"

// Cells as the outbox sees them: 16 KiB that mean nothing. Real sealing is in outbox.test.ts; here thousands are needed.
const arrived = p.random(32)
const sampleCells = await Promise.all(
  Array.from({ length: 4 }, async () => {
    const bytes = p.random(CELL_BYTES)
    return { id: await cellId(bytes, p), bytes }
  }),
)

async function* sealing(): AsyncGenerator<SealedCell, SealedParcel, void> {
  for (const cell of sampleCells) yield cell
  const cellIds = sampleCells.map((cell) => cell.id)
  return { rootId: cellIds.at(-1) as CellId, cellIds, arrived, used: p.random(32), reply: p.random(32) }
}

function dice(seed: number): () => number {
  // Spread first: neighbouring seeds would otherwise throw nearly the same first number.
  let state = Math.imul(seed, 0x9e3779b1)
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

async function expectWhole(outbox: Outbox, saidKept: readonly string[], settled: boolean): Promise<void> {
  const listed = await outbox.list()
  for (const id of saidKept) expect(listed.map((parcel) => parcel.id)).toContain(id)
  for (const parcel of listed) {
    if (settled && parcel.state === "arrived") continue
    expect(parcel.state).toBe("kept")
    const cells = await outbox.cells(parcel.id)
    expect(cells.map((cell) => cell.id)).toEqual(sampleCells.map((cell) => cell.id))
    for (const cell of cells) {
      const bytes = await outbox.readCell(parcel.id, cell)
      expect(Buffer.compare(bytes, sampleCells[cell.index]?.bytes as Uint8Array)).toBe(0)
    }
  }
}

/** A day in an outbox's life; what it says kept is noted as it says it. */
async function live(drawer: CrashingDrawer, saidKept: string[], settle: boolean): Promise<void> {
  const outbox = await openOutbox(locked(drawer, p), p)
  for (let i = 0; i < 2; i++) {
    const id = await outbox.keep(sealing(), "2021-02-22")
    saidKept.push(id)
    await outbox.acknowledge(id, "https://relay.example", [0, 3])
    await outbox.acknowledge(id, "https://relay.example", [1])
  }
  if (settle) await outbox.settle(() => true)
}

test("a disk that fails at any call, once or for good, and a power cut after it, lose no parcel that was said kept", async () => {
  for (const forGood of [false, true]) {
    for (const settle of [false, true]) {
      for (let n = 1, fired = true; fired; n++) {
        const drawer = crashingDrawer(n, forGood)
        const saidKept: string[] = []
        fired = await live(drawer, saidKept, settle).then(
          () => false,
          (error: unknown) => {
            expect(error).toBeInstanceOf(Crash)
            return true
          },
        )
        for (let luck = 0; luck < 6; luck++) {
          const found = drawer.afterCrash(dice(n * 100 + luck))
          await expectWhole(await openOutbox(locked(found, p), p), saidKept, settle)
          // Opening it again changes nothing, and nothing is left that belongs to no parcel.
          const outbox = await openOutbox(locked(found, p), p)
          await expectWhole(outbox, saidKept, settle)
          const ids = (await outbox.list()).map((parcel) => parcel.id)
          for (const name of await found.names()) {
            // Neither names a parcel, and in a place that was furnished both are there whether or not there is one.
            if (name !== "replies" && name !== "arrived") expect(ids).toContain(name.replace(/^[a-z]+-/, ""))
          }
        }
      }
    }
  }
})

test("control: on a disk whose flush does nothing, the same loop finds lost parcels", async () => {
  let lost = 0
  for (let luck = 0; luck < 20; luck++) {
    const honest = crashingDrawer(0, false)
    const lying: CrashingDrawer = {
      ...honest,
      open: async (name, create) => {
        const file = await honest.open(name, create)
        return file === null ? null : { ...file, flush: async () => undefined }
      },
    }
    const saidKept: string[] = []
    await live(lying, saidKept, false)
    await expectWhole(await openOutbox(locked(honest.afterCrash(dice(luck)), p), p), saidKept, false).catch(
      () => lost++,
    )
  }
  expect(lost).toBeGreaterThan(10)
})

test("a crash while erasing an arrived parcel leaves no secret that its record still needs", async () => {
  for (let n = 1; n < 60; n++) {
    const drawer = crashingDrawer(0, false)
    const outbox = await openOutbox(bare(drawer, p), p)
    const id = await outbox.keep(sealing(), "2021-02-22")
    const before = drawer.calls
    const failing = crashingDrawer(n, true, await snapshot(drawer))
    const cut = await (await openOutbox(bare(failing, p), p))
      .settle(() => true)
      .then(
        () => false,
        () => true,
      )
    const found = failing.afterCrash(dice(n))
    const again = await openOutbox(bare(found, p), p)
    const state = (await again.list()).find((parcel) => parcel.id === id)?.state
    expect(["kept", "arrived"]).toContain(state)
    if (state === "arrived") {
      const disk = Buffer.concat([...(await snapshot(found)).values()])
      expect(disk.includes(Buffer.from(arrived).toString("base64url"))).toBe(false)
      expect((await found.names()).some((name) => name.startsWith("cells-"))).toBe(false)
    }
    if (!cut) {
      expect(before).toBeGreaterThan(0)
      return
    }
  }
  throw new Error("settling never came to its end")
})

async function snapshot(drawer: CrashingDrawer): Promise<Map<string, Uint8Array>> {
  const bytes = new Map<string, Uint8Array>()
  for (const name of await drawer.names()) {
    const file = await drawer.open(name, false)
    if (file !== null) bytes.set(name, await file.read(0, await file.size()))
  }
  return bytes
}
