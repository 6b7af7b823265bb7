import { expect, test } from "vitest"
import { asSpans, isAhead, noteAhead } from "./ahead.ts"

test("cells that go ahead are remembered as spans, and found again", () => {
  const notes = noteAhead()
  const marked = [3, 4, 9, 11, 12]
  for (let index = 0; index < 13; index++) notes.note(index, marked.includes(index) ? { isAhead: true } : {})
  const spans = asSpans(JSON.parse(JSON.stringify(notes.spans())))
  expect(spans).toEqual([
    [3, 2],
    [9, 1],
    [11, 2],
  ])
  expect(
    Array.from({ length: 13 }, (_, index) => index).filter((index) => isAhead(spans ?? [], index)),
  ).toEqual(marked)
})

test("where there are too many spans the end of the parcel is kept, for its root lies there", () => {
  const notes = noteAhead()
  for (let index = 0; index < 100; index += 2) notes.note(index, { isAhead: true })
  expect(notes.spans().length).toBe(8)
  expect(isAhead(notes.spans(), 98)).toBe(true)
})

test.each([[undefined], [null], [[[1]]], [[["a", 1]]], [[1, 2]], [Array.from({ length: 9 }, () => [1, 1])]])(
  "what is no list of spans is none: %j",
  (json) => expect(asSpans(json as never)).toBeNull(),
)
