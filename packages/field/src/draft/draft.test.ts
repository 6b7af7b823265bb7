import type { Json } from "@govah/core/bytes"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { type LockedDrawer, writeValue } from "../store/index.ts"
import { crashingDrawer } from "../testing/crashing-drawer.ts"
import { bare, locked } from "../testing/locked.ts"
import { MAX_DRAFT_CLAIMS, MAX_DRAFT_LENGTH, readDraft, type SavedDraft, writeDraft } from "./index.ts"

const day = { day: "۳", month: "12", year: "۱۳۹۹", calendar: "persian" } as const
const draft: SavedDraft = {
  v: 1,
  on: "2021-02-22",
  text: "marker-words: نیم جمله",
  place: {
    name: "marker-typed",
    province: "",
    precision: "town",
    found: { name: "marker-found", province: null, precision: "county", id: "gn:1159301" },
  },
  when: { chosen: "days", about: true, day, last: { ...day, day: "marker-day" } },
  basis: "told",
  claims: [{ measure: "killed", bound: "at-least", group: "unknown", number: "marker-count" }],
  action: { kind: "poster", campaign: "marker-campaign" },
  consent: { publish: "all", from: "day", day },
  media: true,
}
const MARKERS = ["words", "typed", "found", "day", "count", "campaign"].map((what) => `marker-${what}`)

/** Which markers lie readable in the drawer. */
async function found(drawer: LockedDrawer): Promise<readonly string[]> {
  const file = await drawer.open("draft", false)
  const bytes = Buffer.from((await file?.read(0, await file.size())) ?? [])
  return MARKERS.filter((marker) => bytes.includes(marker))
}

const fresh = (under: typeof locked): LockedDrawer => under(crashingDrawer(0, false), p)

test("every answer comes back, none of it lies readable, and nothing of it is left when it is erased", async () => {
  const [sealed, open] = [fresh(locked), fresh(bare)]
  for (const drawer of [sealed, open]) {
    await writeDraft(drawer, { ...draft, text: "before" })
    await writeDraft(drawer, draft)
    expect(await readDraft(drawer)).toEqual(draft)
  }
  expect(await found(sealed)).toEqual([])
  // Positive control: the same search finds all of it where nothing is sealed, until it is erased.
  expect(await found(open)).toEqual(MARKERS)
  await writeDraft(open, null)
  expect(await found(open)).toEqual([])
  expect(await readDraft(open)).toBe(null)
})

test("its length says nothing", async () => {
  const lengths = new Set<number>()
  for (const one of [null, draft, { ...draft, text: "و".repeat(MAX_DRAFT_LENGTH), claims: [] }]) {
    const drawer = fresh(locked)
    await writeDraft(drawer, one)
    lengths.add((await (await drawer.open("draft", false))?.size()) ?? 0)
  }
  expect(lengths.size).toBe(1)
})

const many = Array.from({ length: MAX_DRAFT_CLAIMS + 1 }, () => draft.claims[0])
test.each([
  ["something unknown", { ...draft, password: "x" }],
  ["something unknown inside", { ...draft, when: { ...draft.when, hour: 3 } }],
  ["another version", { ...draft, v: 2 }],
  ["a version of before", "half a sentence"],
  ["an answer that is none", { ...draft, basis: "guessed" }],
  ["an answer missing", { ...draft, consent: { publish: "nothing", from: "any" } }],
  ["a day that is none", { ...draft, on: "yesterday" }],
  [
    "a point finer than was chosen",
    { ...draft, place: { ...draft.place, found: { ...draft.place.found, point: { lat: 1, lon: 1 } } } },
  ],
  ["more words than are saved", { ...draft, text: "x".repeat(MAX_DRAFT_LENGTH + 1) }],
  ["more lines than the page has", { ...draft, claims: many }],
  ["words that do not fit when written out", { ...draft, text: "\u0001".repeat(MAX_DRAFT_LENGTH) }],
])("%s is not saved, and what was saved stays", async (_, other) => {
  const drawer = fresh(locked)
  await writeDraft(drawer, draft)
  await writeDraft(drawer, other as SavedDraft)
  expect(await readDraft(drawer)).toEqual(draft)
})

test.each([
  ["something unknown", { ...draft, password: "x" }],
  ["a version of before", "half a sentence"],
])("%s in the file counts as nothing", async (_, other) => {
  const drawer = fresh(locked)
  await writeValue(drawer, "draft", other as unknown as Json, 131_072)
  expect(await readDraft(drawer)).toBe(null)
})
