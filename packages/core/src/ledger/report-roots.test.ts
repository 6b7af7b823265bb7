import { expect, test } from "vitest"
import { toBase64Url } from "../bytes/index.ts"
import type { CellId } from "../cell/index.ts"
import { type Act, type Entry, foldLedger, type LedgerState, reportOf } from "./index.ts"

const key = (n: number): string => toBase64Url(new Uint8Array(32).fill(n))
const root = (digit: string): CellId => digit.repeat(64) as CellId
const seen = { day: "2026-01-01", road: "relay", from: "https://relay.example" } as const
const sent = { parcel: "A".repeat(22), invitation: null, signature: "good", ...seen } as const
const [PROVISIONAL, CLOSING, FINAL, OTHER] = ["a", "b", "c", "d"].map(root) as [
  CellId,
  CellId,
  CellId,
  CellId,
]

const provisional = {
  kind: "received-part",
  root: PROVISIONAL,
  part: "provisional",
  unit: key(1),
  closer: key(4),
  provisional: null,
  ...sent,
} as const satisfies Act
const closing = {
  ...provisional,
  root: CLOSING,
  part: "closing",
  unit: null,
  provisional: PROVISIONAL,
} as const satisfies Act
const final = { kind: "received", root: FINAL, unit: key(1), ...sent } as const satisfies Act
const done = (id: CellId): Act => ({ kind: "completed", root: id, cells: 3 })

function fold(...acts: readonly Act[]): LedgerState {
  return foldLedger(
    acts.map(
      (act, i): Entry => ({
        v: 1,
        desk: key(7),
        member: key(8),
        n: i + 1,
        previous: null,
        at: { ms: i, counter: 0 },
        act,
        hash: String(i).padStart(64, "0"),
      }),
    ),
  )
}

function rows(state: LedgerState): readonly object[] {
  return [...state.reportsByRoot.values()].map(
    ({ root: id, recording, whole, contested, unreadable, unit, roots }) => ({
      id: id.slice(0, 1),
      recording,
      whole,
      contested,
      unreadable,
      unit: unit === key(1) ? "sender" : unit,
      roots: roots.map((one) => `${one.id.slice(0, 1)} ${one.part} ${one.standing}`),
    }),
  )
}

const row = { recording: null, whole: false, contested: false, unreadable: null, unit: "sender" }

test("a provisional and a closing root are one report, in either order, whole when the closing root is", () => {
  for (const acts of [
    [provisional, closing, done(CLOSING)],
    [closing, provisional, done(CLOSING)],
    [closing, done(CLOSING), provisional],
    [provisional, closing, done(CLOSING), provisional, closing],
  ]) {
    const first = acts[0] === provisional ? "a" : "b"
    const [one, ...more] = rows(fold(...acts))
    expect(more).toEqual([])
    expect(one).toMatchObject({ ...row, id: first, recording: "cut", whole: true })
    expect((one as { roots: string[] }).roots.toSorted()).toEqual([
      "a provisional counts",
      "b closing counts",
    ])
  }
})

test("a provisional root without its closing root waits, whatever says that it is complete", () => {
  expect(rows(fold(provisional, done(PROVISIONAL)))).toEqual([
    { ...row, id: "a", recording: "open", roots: ["a provisional counts"] },
  ])
})

test("a closing root alone waits, and names nobody", () => {
  expect(rows(fold(closing, done(CLOSING)))).toEqual([
    { ...row, id: "b", recording: "open", unit: null, roots: ["b closing counts"] },
  ])
})

test("a final root counts before the others, whenever it comes", () => {
  for (const acts of [
    [final, provisional, closing],
    [provisional, closing, done(CLOSING), final],
  ]) {
    const [one, ...more] = rows(fold(...acts, done(FINAL)))
    expect(more).toEqual([])
    expect(one).toMatchObject({ ...row, whole: true })
    expect((one as { roots: string[] }).roots.toSorted()).toEqual([
      "a provisional beside",
      "b closing beside",
      "c final counts",
    ])
  }
})

test("a second final root contests the first and does not replace it", () => {
  const second = { ...final, root: OTHER }
  const state = fold(final, done(FINAL), second, {
    kind: "unreadable",
    code: "tampered",
    root: OTHER,
    ...seen,
  })
  expect(rows(state)).toEqual([
    { ...row, id: "c", whole: true, contested: true, roots: ["c final counts", "d final contests"] },
  ])
  expect(rows(fold(second, final, done(FINAL)))).toEqual([
    { ...row, id: "d", contested: true, roots: ["d final counts", "c final contests"] },
  ])
})

test("a second closing root of one provisional root contests the first", () => {
  expect(rows(fold(provisional, closing, { ...closing, root: OTHER }, done(CLOSING)))).toEqual([
    {
      ...row,
      id: "a",
      recording: "cut",
      whole: true,
      contested: true,
      roots: ["a provisional counts", "b closing counts", "d closing contests"],
    },
  ])
})

test("a closing root by another key, of another parcel, or signed badly is refused, shown, and touches no report", () => {
  for (const [wrong, acts] of [
    ["another key", [provisional, { ...closing, closer: key(5) }]],
    ["another parcel", [provisional, { ...closing, parcel: "B".repeat(22) }]],
    ["a bad signature", [provisional, { ...closing, signature: "bad" }]],
    ["a bad signature, before its provisional root", [{ ...closing, signature: "bad" }, provisional]],
    ["no provisional root", [{ ...final, root: PROVISIONAL }, closing]],
  ] as const) {
    const found = rows(fold(...acts, done(CLOSING)))
    expect(found.length, wrong).toBe(2)
    expect(found, wrong).toContainEqual({
      ...row,
      id: "b",
      unit: null,
      unreadable: "wrong-closer",
      roots: ["b closing counts"],
    })
    expect(found, wrong).toContainEqual(expect.objectContaining({ id: "a", whole: false, unreadable: null }))
  }
})

test("a root with a bad signature, or of another sender, joins nobody's report", () => {
  for (const over of [{ signature: "bad" as const }, { unit: key(2) }, { parcel: "B".repeat(22) }]) {
    const found = rows(fold(final, done(FINAL), { ...final, root: OTHER, ...over }))
    expect(found.length).toBe(2)
    expect(found[0]).toEqual({ ...row, id: "c", whole: true, roots: ["c final counts"] })
  }
})

test("what is said of any root is said of its report", () => {
  const state = fold(
    closing,
    provisional,
    { kind: "noted", root: PROVISIONAL, words: "one" },
    { kind: "noted", root: CLOSING, words: "two" },
    { kind: "carried", root: PROVISIONAL, ...seen },
  )
  expect(reportOf(state, PROVISIONAL)).toBe(reportOf(state, CLOSING))
  expect(reportOf(state, PROVISIONAL)?.notes).toEqual(["one", "two"])
  expect(reportOf(state, CLOSING)?.custody.map(({ what }) => what)).toEqual([
    "received-part",
    "received-part",
    "noted",
    "noted",
    "carried",
  ])
  expect(reportOf(state, OTHER)).toBeUndefined()
})
