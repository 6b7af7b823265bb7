import type { CellId } from "@govah/core/cell"
import { beforeAll, describe, expect, test } from "vitest"
import type { MemberAct } from "../desk.ts"
import { makeTestDesk, type TestDesk } from "../testing/folder.ts"
import { inviteUnit } from "../testing/unit.ts"

const both = (fa: string, en: string) => ({ fa, en })
const place = { name: both("سراوان", "Saravan"), province: null, precision: "town" } as const
const period = { from: "2021-02-22", to: null, about: false } as const
const event = { kind: "event-set", id: "E1", title: both("الف", "a"), period, place, note: null } as const
const claim = {
  kind: "claim-set",
  id: "E1-c1",
  event: "E1",
  measure: "killed",
  low: 3,
  high: 3,
  bound: "exactly",
  group: "protester",
  series: "saravan",
  scope: both("سراوان", "Saravan"),
  said: both("سه کشته", "three killed"),
  claimant: { name: both("فرماندار", "Governor"), kind: "official" },
  carriedBy: null,
  url: null,
  asOf: "2021-02-23",
  grade: { reliability: "C", credibility: 3 },
} as const

let t: TestDesk
let root: CellId
beforeAll(async () => {
  t = await makeTestDesk()
  const parcel = await (await inviteUnit(t.desk, t.today())).seal()
  root = parcel.rootId
  await t.take(parcel.cells)
  await t.desk.act(event)
  return () => t.dispose()
})

describe("an act is refused", () => {
  const story = (cites: string[]): unknown => ({
    kind: "story-set",
    id: "S1",
    title: both("الف", "a"),
    period,
    paragraphs: [{ text: both("الف", "a"), cites }],
  })
  test.each<readonly [string, string, () => unknown]>([
    ["nothing at all", "bad-act", () => null],
    ["a kind that is not", "bad-act", () => ({ kind: "erased", root })],
    ["what the desk alone writes", "bad-act", () => ({ kind: "completed", root, cells: 1 })],
    [
      "published by hand",
      "bad-act",
      () => ({ kind: "published", id: "E1", revision: 1, sha256: root, day: "2026-01-10" }),
    ],
    ["a member too many", "bad-act", () => ({ kind: "noted", root, words: "x", more: 1 })],
    ["an id that is no file name", "bad-act", () => ({ ...event, id: "../E1" })],
    [
      "a violent kind of action",
      "bad-act",
      () => ({
        kind: "action-set",
        id: "A1",
        action: "arson",
        supports: [root],
        period,
        place,
        words: both("a", "a"),
        campaign: null,
      }),
    ],
    ["an address that runs", "bad-act", () => ({ ...claim, supports: [root], url: "javascript:alert(1)" })],
    ["a report that never came", "unknown-root", () => ({ kind: "noted", root: "0".repeat(64), words: "x" })],
    [
      "a claim from a report that never came",
      "unknown-root",
      () => ({ ...claim, supports: ["0".repeat(64)] }),
    ],
    ["a claim about no event", "unknown-id", () => ({ ...claim, supports: [root], event: "E9" })],
    ["an event's name for a claim", "id-taken", () => ({ ...claim, supports: [root], id: "E1" })],
    ["a name that differs by case alone", "id-taken", () => ({ ...event, id: "e1" })],
    ["a story that cites nothing that is", "unknown-id", () => story(["E9"])],
    ["a story that cites itself", "unknown-id", () => story(["S1"])],
  ])("%s: %s", async (_, code, act) => {
    const before = t.desk.state()
    await expect(t.desk.act(act() as MemberAct)).rejects.toMatchObject({ code })
    expect(t.desk.state()).toBe(before)
  })
})

test("setting a claim again replaces it, and both entries stay", async () => {
  await t.desk.act({ ...claim, supports: [root] })
  await t.desk.act({ ...claim, supports: [root], low: 2, bound: "exactly" })
  expect(t.desk.state().claimsById.get("E1-c1")).toMatchObject({ low: 2 })
  const view = await t.desk.show(root)
  expect(view.custody.filter(({ detail }) => detail === "E1-c1")).toHaveLength(2)
  expect(view).toMatchObject({ supports: ["E1-c1"], publications: [] })
})
