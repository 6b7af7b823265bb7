import { toHex } from "@govah/core/bytes"
import { expect, test } from "vitest"
import { WINDOW_CELLS } from "../../limits.ts"
import { freshStore, putAll, shortRows } from "../../testing/test-relay.ts"

test("Which cells of a group close a window depends on their names alone, not on the order in which they came", async () => {
  const group = shortRows("group", 8).toSorted((a, b) => (toHex(a.id) < toHex(b.id) ? -1 : 1))
  for (const came of [group, group.toReversed()]) {
    const store = freshStore()
    // Four more fit: the window closes in the middle of the group.
    await putAll(store, shortRows("before", WINDOW_CELLS - 4))
    await putAll(store, came)
    const windowOf = (id: Uint8Array): unknown =>
      store.sql("SELECT window FROM cell WHERE id = ?", id)[0]?.["window"]
    expect(group.map(({ id }) => windowOf(id))).toEqual([1, 1, 1, 1, 2, 2, 2, 2])
  }
})
