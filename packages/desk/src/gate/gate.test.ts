import { gatherBytes } from "@govah/core/bytes"
import type { CellId } from "@govah/core/cell"
import type { Report } from "@govah/core/report"
import { beforeEach, describe, expect, onTestFinished, test } from "vitest"
import type { MemberAct } from "../desk.ts"
import { makeTestDesk, type TestDesk } from "../testing/folder.ts"
import { paintJpeg, plant } from "../testing/jpeg.ts"
import { FAULTY_SIGNER, inviteUnit, REPORT, type TestUnit } from "../testing/unit.ts"

const both = (fa: string, en: string): { fa: string; en: string } => ({ fa, en })
const place = { name: both("سراوان", "Saravan"), province: null, precision: "town" } as const
const period = { from: "2021-02-22", to: null, about: false } as const
const MARKERS = ["PLANT-EXIF", "PLANT-XMP", "PLANT-ICC", "PLANT-IPTC", "PLANT-COM", "PLANT-TAIL"] as const
const photo = plant(await paintJpeg(400, 300, (x) => [x % 256, 90, 30]), { orientation: 6, markers: MARKERS })

let t: TestDesk
let unit: TestUnit
beforeEach(async () => {
  const made = await makeTestDesk()
  t = made
  unit = await inviteUnit(t.desk, t.today())
  onTestFinished(() => made.dispose())
})

async function arrive(from: TestUnit = unit, over: Partial<Report> = {}): Promise<CellId> {
  const parcel = await from.seal(over, [{ type: "image/jpeg", bytes: photo }])
  await t.take(parcel.cells)
  return parcel.rootId
}

async function grade(root: string): Promise<void> {
  await t.desk.act({ kind: "graded", root, grade: { reliability: "B", credibility: 2 } })
}

function event(over: Partial<Extract<MemberAct, { kind: "event-set" }>> = {}): MemberAct {
  const title = both("تیراندازی", "Shooting")
  return { kind: "event-set", id: "E1", title, period, place: { ...place }, note: null, ...over }
}

function claim(supports: string[], over: Partial<Extract<MemberAct, { kind: "claim-set" }>> = {}): MemberAct {
  return {
    kind: "claim-set",
    id: "C1",
    event: "E1",
    supports,
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
    ...over,
  }
}

function action(supports: string[]): MemberAct {
  return {
    kind: "action-set",
    id: "A1",
    action: "poster",
    supports,
    period,
    place,
    words: both("الف", "a"),
    campaign: null,
  }
}

function story(cites: string[]): MemberAct {
  const paragraphs = [{ text: both("الف", "a"), cites }]
  return { kind: "story-set", id: "S1", title: both("الف", "a"), period, paragraphs }
}

async function picture(root: CellId, over: { reviewed?: boolean; subject?: string } = {}): Promise<string> {
  const caption = both("دیوار", "A wall")
  const request = {
    root,
    attachment: 0,
    source: "photo",
    caption,
    subject: "E1",
    reviewed: true,
    ...over,
  } as const
  return (await t.desk.makePicture(request)).sha256
}

async function refusals(id: string): Promise<string[]> {
  return (await t.desk.checklist(id)).filter((check) => !check.ok).map((check) => check.rule)
}

test("an event with a graded, whole, permitted report and a reviewed picture is published", async () => {
  const root = await arrive()
  await grade(root)
  await t.desk.act(event())
  await t.desk.act(claim([root]))
  const sha256 = await picture(root)
  expect(await refusals("E1")).toEqual([])
  expect(await t.desk.publish("E1")).toEqual({ revision: 1 })
  const { publications, pictures } = t.desk.publicationSet()
  expect(publications).toMatchObject([
    {
      type: "event",
      id: "E1",
      revision: 1,
      claims: [{ id: "C1", reportingUnits: 1 }],
      pictures: [{ sha256 }],
    },
  ])
  const copy = Buffer.from(pictures.get(sha256) as Uint8Array)
  const original = Buffer.from(await gatherBytes(t.desk.attachment(root, 0)))
  expect(MARKERS.filter((marker) => original.includes(marker))).toEqual(MARKERS)
  expect(MARKERS.filter((marker) => copy.includes(marker))).toEqual([])
  expect(t.desk.picture(sha256)).toEqual(pictures.get(sha256))
  expect((await t.desk.show(root)).publications).toEqual(["E1"])
  expect(await t.desk.verify()).toEqual([])
})

test("publishing again without a change makes no revision; with a change it makes one", async () => {
  const root = await arrive()
  await grade(root)
  await t.desk.act(event())
  await t.desk.act(claim([root]))
  await t.desk.publish("E1")
  expect(await t.desk.publish("E1")).toEqual({ revision: 1 })
  await t.desk.act(claim([root], { low: 2, bound: "exactly" }))
  expect(await t.desk.publish("E1")).toEqual({ revision: 2 })
  expect(t.desk.publicationSet().publications).toMatchObject([{ revision: 2, claims: [{ low: 2 }] }])
})

test("two reports of one unit are one source, two units are two", async () => {
  const other = await inviteUnit(t.desk, t.today())
  const roots = [await arrive(), await arrive(), await arrive(other)]
  for (const root of roots) await grade(root)
  await t.desk.act(event())
  await t.desk.act(claim(roots))
  await t.desk.publish("E1")
  expect(t.desk.publicationSet().publications).toMatchObject([{ claims: [{ reportingUnits: 2 }] }])
})

describe("each rule refuses", () => {
  /** Something publishable but for what `over` changes. */
  async function prepare(root: CellId, over: { event?: object; claim?: object } = {}): Promise<void> {
    await grade(root)
    await t.desk.act(event(over.event))
    await t.desk.act(claim([root], over.claim))
  }

  test("both-languages", async () => {
    await prepare(await arrive(), { event: { title: both("تیراندازی", " ") } })
    expect(await refusals("E1")).toEqual(["both-languages", "well-formed"])
  })

  test("supported", async () => {
    await t.desk.act(event())
    expect(await refusals("E1")).toEqual(["supported"])
  })

  test("whole", async () => {
    const parcel = await unit.seal({}, [{ type: "image/jpeg", bytes: photo }])
    await t.take(parcel.cells.slice(1))
    await prepare(parcel.rootId)
    expect(await refusals("E1")).toEqual(["whole"])
  })

  test("known-unit, until a member accepts the report", async () => {
    const witness = await inviteUnit(t.desk, t.today(), null)
    const root = await arrive(witness)
    await prepare(root)
    expect(await refusals("E1")).toEqual(["known-unit"])
    await t.desk.act({ kind: "noted", root, words: "I accept: not at the start" })
    expect(await refusals("E1")).toEqual(["known-unit"])
    await t.desk.act({ kind: "noted", root, words: "accept: spoke to her by another way" })
    expect(await refusals("E1")).toEqual([])
  })

  test("known-unit, for a bad signature", async () => {
    await prepare(await arrive(await inviteUnit(t.desk, t.today(), undefined, FAULTY_SIGNER)))
    expect(await refusals("E1")).toEqual(["known-unit"])
  })

  test("consent, for words", async () => {
    await prepare(await arrive(unit, { consent: { publish: "nothing", notBefore: null } }))
    expect(await refusals("E1")).toEqual(["consent"])
  })

  test("consent, for pictures where only words were allowed", async () => {
    const root = await arrive(unit, { consent: { publish: "words", notBefore: null } })
    await prepare(root)
    expect(await refusals("E1")).toEqual([])
    await picture(root)
    expect(await refusals("E1")).toEqual(["consent"])
  })

  test("not-before, until that day", async () => {
    await prepare(await arrive(unit, { consent: { publish: "all", notBefore: "2026-01-12" } }))
    expect(await refusals("E1")).toEqual(["not-before"])
    t.clock.now += 86_400_000
    expect(await refusals("E1")).toEqual(["not-before"])
    t.clock.now += 86_400_000
    expect(await refusals("E1")).toEqual([])
  })

  test("graded", async () => {
    const root = await arrive()
    await t.desk.act(event())
    await t.desk.act(claim([root]))
    expect(await refusals("E1")).toEqual(["graded"])
  })

  test("place-not-point", async () => {
    await prepare(await arrive(), { event: { place: { ...place, precision: "point" } } })
    expect(await refusals("E1")).toEqual(["place-not-point"])
  })

  test("pictures-reviewed", async () => {
    const root = await arrive()
    await prepare(root)
    await picture(root, { reviewed: false })
    expect(await refusals("E1")).toEqual(["pictures-reviewed"])
    await picture(root, { reviewed: true })
    expect(await refusals("E1")).toEqual([])
  })

  test("cites", async () => {
    const root = await arrive()
    await t.desk.act(event())
    await t.desk.act(claim([root]))
    await t.desk.act(story(["C1", "E1"]))
    expect(await refusals("S1")).toEqual(["cites"])
    await grade(root)
    expect(await refusals("S1")).toEqual([])
    await t.desk.act(story([]))
    expect(await refusals("S1")).toEqual(["cites"])
  })

  test("well-formed, for a number that contradicts its bound", async () => {
    await prepare(await arrive(), { claim: { bound: "none" } })
    expect(await refusals("E1")).toEqual(["well-formed"])
  })

  test("for an action, too", async () => {
    const root = await arrive(unit, { type: "action", consent: { publish: "nothing", notBefore: null } })
    await t.desk.act(action([root]))
    expect(await refusals("A1")).toEqual(["consent", "graded"])
  })
})

test("what the gate refuses is not published, and says which rules refuse", async () => {
  await t.desk.act(event())
  const refused = t.desk.publish("E1")
  await expect(refused).rejects.toMatchObject({ code: "gate" })
  await expect(refused).rejects.toThrow(/supported/)
  expect(t.desk.publicationSet().publications).toEqual([])
  await expect(t.desk.publish("E9")).rejects.toMatchObject({ code: "unknown-id" })
})

test("a picture needs its attachment, its subject and a JPEG", async () => {
  const root = await arrive()
  const clip = await unit.seal({ text: REPORT.text }, [{ type: "video/mp4", bytes: photo }])
  await t.take(clip.cells)
  await t.desk.act(event())
  const base = {
    root,
    attachment: 0,
    source: "photo",
    caption: both("الف", "a"),
    subject: "E1",
    reviewed: true,
  } as const
  await expect(t.desk.makePicture({ ...base, subject: "E9" })).rejects.toMatchObject({ code: "unknown-id" })
  await expect(t.desk.makePicture({ ...base, attachment: 1 })).rejects.toMatchObject({
    code: "no-attachment",
  })
  await expect(t.desk.makePicture({ ...base, attachment: 0.5 })).rejects.toMatchObject({
    code: "no-attachment",
  })
  const still = { ...base, root: clip.rootId, source: "still" } as const
  await expect(t.desk.makePicture(still)).rejects.toMatchObject({ code: "bad-picture" })
  await expect(t.desk.makePicture({ ...still, jpeg: Buffer.from("no") })).rejects.toMatchObject({
    code: "bad-picture",
  })
  expect(await t.desk.makePicture({ ...still, jpeg: photo })).toMatchObject({
    source: "still",
    width: 300,
    height: 400,
  })
})
