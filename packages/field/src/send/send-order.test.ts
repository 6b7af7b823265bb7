import type { CellId } from "@govah/core/cell"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { inSendingOrder, type WaitingParcel } from "./send-order.ts"

/** As many of the last cells as an annex and a root may have. */
function wordsCells(cells: number): number {
  return Math.min(cells, 4 + Math.ceil(cells / 300))
}

function parcel(id: string, cells: number, keptOn = "2021-02-22", lacking = cells): WaitingParcel {
  return {
    id,
    cells,
    keptOn,
    lacking: Array.from({ length: cells }, (_, index) => ({
      index,
      id: `${id} ${index}` as CellId,
      isAhead: index >= cells - wordsCells(cells),
    })).slice(cells - lacking),
  }
}

/** For each parcel, the places in the queue of all its cells, of its root, and of its words. */
function placesOf(
  parcels: readonly WaitingParcel[],
): (id: string) => { all: number[]; root: number; words: number[] } {
  const order = inSendingOrder(parcels, p)
  expect(new Set(order.map(({ cell }) => cell.id)).size).toBe(order.length)
  expect(order.length).toBe(parcels.reduce((sum, { lacking }) => sum + lacking.length, 0))
  return (id) => {
    const { cells } = parcels.find((one) => one.id === id) as WaitingParcel
    const mine = order.flatMap(({ parcel: of, cell }, place) =>
      of === id ? [{ place, index: cell.index }] : [],
    )
    return {
      all: mine.map(({ place }) => place),
      root: mine.find(({ index }) => index === cells - 1)?.place ?? -1,
      words: mine.filter(({ index }) => index >= cells - wordsCells(cells)).map(({ place }) => place),
    }
  }
}

const last = (places: readonly number[]): number => Math.max(...places)
const first = (places: readonly number[]): number => Math.min(...places)

test("a text that was kept after a film leaves whole before any of the film but its words", () => {
  const of = placesOf([parcel("film", 1_200, "2021-02-20"), parcel("text", 3, "2021-02-23")])
  const filmMedia = of("film").all.filter((place) => !of("film").words.includes(place))
  expect(last(of("text").all)).toBeLessThan(first(filmMedia))
  expect(last(of("film").words)).toBeLessThan(first(filmMedia))
})

test("the words of every parcel, its annex included, come before all media", () => {
  const parcels = [parcel("a", 1_000), parcel("b", 400), parcel("c", 90), parcel("d", 16), parcel("e", 1)]
  const of = placesOf(parcels)
  const words = parcels.flatMap(({ id }) => (id === "d" || id === "e" ? of(id).all : of(id).words))
  const media = parcels.flatMap(({ id }) => of(id).all.filter((place) => !words.includes(place)))
  expect(last(words)).toBeLessThan(first(media))
})

test("among media the small come first, and of one size those of the older day", () => {
  const of = placesOf([
    parcel("new photo", 40, "2021-02-24"),
    parcel("film", 900, "2021-02-01"),
    parcel("old photo", 60, "2021-02-22"),
  ])
  const mediaOf = (id: string): number[] => of(id).all.filter((place) => !of(id).words.includes(place))
  // Photos of one class may share a lot; the middle of the one is before the middle of the other.
  const middle = (places: number[]): number => places.reduce((sum, place) => sum + place, 0) / places.length
  expect(middle(mediaOf("old photo"))).toBeLessThan(middle(mediaOf("new photo")))
  expect(last(mediaOf("old photo"))).toBeLessThan(128)
  expect(middle(mediaOf("new photo"))).toBeLessThan(middle(mediaOf("film")))
})

test("what lies side by side is random: two texts of one day do not leave one after the other", () => {
  const parcels = [parcel("a", 8), parcel("b", 8)]
  const neat = Array.from({ length: 20 }, () =>
    inSendingOrder(parcels, p)
      .map((one) => one.parcel)
      .join(""),
  )
  expect(neat.filter((order) => /^(a{8}b{8}|b{8}a{8})$/.test(order))).toEqual([])
})

test("only what is lacking leaves, and nothing is no queue", () => {
  expect(
    inSendingOrder([parcel("a", 40, "2021-02-22", 2)], p)
      .map(({ cell }) => cell.index)
      .sort((a, b) => a - b),
  ).toEqual([38, 39])
  expect(inSendingOrder([], p)).toEqual([])
})
