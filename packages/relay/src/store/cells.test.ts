import { toHex } from "@govah/core/bytes"
import { expect, test } from "vitest"
import { WINDOW_CELLS } from "../limits.ts"
import { freshStore, shortRows } from "../testing/test-relay.ts"
import { putCells } from "./cells.ts"

test("Which cells of a group close a window depends on their names alone, not on the order in which they came", () => {
  const group = shortRows("group", 8).toSorted((a, b) => (toHex(a.id) < toHex(b.id) ? -1 : 1))
  for (const came of [group, group.toReversed()]) {
    const store = freshStore()
    // Four more fit: the window closes in the middle of the group.
    putCells(store, shortRows("before", WINDOW_CELLS - 4))
    putCells(store, came)
    const windowOf = store.db.prepare("SELECT window FROM cell WHERE id = ?")
    expect(group.map(({ id }) => windowOf.get(id)?.["window"])).toEqual([1, 1, 1, 1, 2, 2, 2, 2])
  }
})
