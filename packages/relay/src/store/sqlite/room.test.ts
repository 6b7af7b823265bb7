import { join } from "node:path"
import { expect, test } from "vitest"
import { freshFolder, realDeps, SHORT_BYTES, shortRows } from "../../testing/test-relay.ts"
import { bodiesPath, openBodies } from "./bodies.ts"
import { makeReady } from "./room.ts"
import { type SlotCell, Slots } from "./slots.ts"
import { openFile } from "./sqlite-file.ts"

const ROUNDS = 12
const OLD = 250
const NEW = 64
// The field begins with so many places, has no room for the new ones, and becomes twice as large.
const FIRST_PLACES = 256

function slotCells(seed: string, count: number): SlotCell[] {
  return shortRows(seed, count).map((cell) => ({
    ...cell,
    commitment: cell.body.subarray(-32),
    day: 1,
    window: 1,
  }))
}

// How many of the cells that came after the field had grown lie in its new half.
async function countInNewHalf(ready: typeof makeReady): Promise<number> {
  let count = 0
  for (let round = 0; round < ROUNDS; round++) {
    const file = openFile(join(freshFolder(), "relay.db"), realDeps, { cellBytes: SHORT_BYTES })
    const slots = new Slots(file, openBodies(bodiesPath(file.path), SHORT_BYTES))
    const put = async (cells: readonly SlotCell[]): Promise<void> => {
      await ready(file, slots, cells.length)
      await slots.write(() => slots.fill(cells))
    }
    await put(slotCells(`old ${round}`, OLD))
    const later = slotCells(`new ${round}`, NEW)
    await put(later)
    expect(file.countPlaces()).toBe(2 * FIRST_PLACES)
    count += later.filter(({ id }) => (slots.spots.find(id)?.place ?? 0) > FIRST_PLACES).length
    file.close()
    slots.bodies.close()
  }
  return count
}

const EVEN = (ROUNDS * NEW) / 2
// Six standard deviations of as many fair coins; places that are drawn without putting them back vary less.
const CHANCE = 6 * Math.sqrt(EVEN / 2)

test("Cells that come when the field has just grown lie in its new half no more often than in its old one", async () => {
  expect(Math.abs((await countInNewHalf(makeReady)) - EVEN)).toBeLessThan(CHANCE)
})

test("The same count catches a store that does not make the places free first from which cells moved", async () => {
  const careless: typeof makeReady = async (_file, slots, wanted) => {
    while (slots.read(() => slots.countReady() < wanted)) await slots.write(() => slots.grow(wanted, 10_000))
    return true
  }
  expect((await countInNewHalf(careless)) - EVEN).toBeGreaterThan(CHANCE)
})
