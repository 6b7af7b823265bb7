import { randomBytes } from "node:crypto"
import { expect, test } from "vitest"
import { createDraw, type Draw } from "./draw.ts"
import { createField, type Field } from "./field.ts"

const draw = createDraw((bytes) => new Uint8Array(randomBytes(bytes)))
const ROUNDS = 40_000

// Where the first and the last of three cells lie in the end: room for one, then it grows twice while they come; one goes.
function arrange(makeField: (draw: Draw) => Field): string {
  const field = makeField(draw)
  const places = new Map<string, number>()
  const grow = (place: number): void => {
    const from = field.join(place)
    if (from === null) return
    for (const [name, at] of places) if (at === from) places.set(name, place)
    field.settle(from, false)
  }
  for (const place of [1, 2]) field.note(place, "free")
  places.set("first", field.take())
  grow(3)
  places.set("gone", field.take())
  grow(4)
  const gone = places.get("gone") as number
  places.delete("gone")
  field.leave([gone])
  field.settle(gone, false)
  places.set("last", field.take())
  return `${places.get("first")} ${places.get("last")}`
}

// How far the commonest arrangement is from as common as any other, in standard deviations.
function worst(makeField: (draw: Draw) => Field): number {
  const counts = new Map<string, number>()
  for (let i = 0; i < ROUNDS; i++) {
    const seen = arrange(makeField)
    counts.set(seen, (counts.get(seen) ?? 0) + 1)
  }
  // Two of four places, in order.
  const share = 1 / 12
  const deviation = Math.sqrt(ROUNDS * share * (1 - share))
  return Math.max(...[...counts.values()].map((count) => Math.abs(count - ROUNDS * share) / deviation))
}

test("However it grows and whatever goes, each arrangement is as likely as any other", () => {
  expect(worst(createField)).toBeLessThan(6)
})

test("The same count catches a field that only gives its new places away", () => {
  const careless = (draw: Draw): Field => {
    const field = createField(draw)
    return Object.assign(Object.create(field) as Field, {
      join(place: number): null {
        field.note(place, "free")
        return null
      },
    })
  }
  expect(worst(careless)).toBeGreaterThan(20)
})

test("What rests is not drawn before the window has closed, and what was taken never again", () => {
  const field = createField(draw)
  field.note(1, "free")
  expect(field.take()).toBe(1)
  field.settle(2, true)
  expect([field.free, field.resting, field.look()]).toEqual([0, 1, null])
  field.turn()
  expect([field.free, field.size, field.take()]).toEqual([1, 1, 2])
})

test("A window closes however many places rest", () => {
  const field = createField(draw)
  for (let place = 1; place <= 300_000; place++) field.note(place, "resting")
  field.turn()
  expect([field.free, field.resting]).toEqual([300_000, 0])
})
