import fc from "fast-check"
import { expect, test } from "vitest"
import { listPlaces } from "./places.ts"

test("Places are those that were added and not taken out, however the two mix", () => {
  const step = fc.oneof(fc.constant("push" as const), fc.array(fc.nat({ max: 40 }), { maxLength: 12 }))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const places = listPlaces([1, 2, 3])
      let wanted = [1, 2, 3]
      for (const one of steps) {
        if (one === "push") {
          wanted.push(places.last + 1)
          places.push(places.last + 1)
        } else {
          const gone = new Set(one.map((i) => wanted[i]).filter((place) => place !== undefined))
          places.remove([...gone])
          wanted = wanted.filter((place) => !gone.has(place))
        }
        expect([places.count, places.last]).toEqual([wanted.length, wanted.at(-1) ?? 0])
        expect(places.lasts(100)).toEqual(wanted.toReversed())
      }
    }),
    { seed: 20_210_222 },
  )
})

test("Each place is as likely to be drawn, also beside many that were taken out", () => {
  const places = listPlaces(Array.from({ length: 100 }, (_, i) => i + 1))
  places.remove([2, 3, 5, 7, 11, 13, 17, 19])
  // Every number that can be drawn once: each place comes once, and those that are gone not at all.
  let next = 0
  const drawn = Array.from({ length: places.count }, () => places.draw((limit) => next++ % limit))
  expect(new Set(drawn).size).toBe(92)
  expect(drawn).not.toContain(11)
})
