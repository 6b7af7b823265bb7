import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { MemberAct } from "@govah/desk"
import type { Report, ReportedClaim } from "@govah/core/report"
import { byColumn, type Row, readTable } from "./table.ts"

/** One report of the rehearsal: which unit says it, about which record, with which files. */
export interface RehearsalReport {
  /** `s01`…`s17` or `a01`…`a10`. */
  readonly record: string
  readonly unit: string
  readonly report: Report
  /** Files to attach, absolute or relative to the working folder. */
  readonly files: readonly string[]
  /** A still chosen by hand from the video, where there is one. */
  readonly still: string | null
}

/** What the desk makes of the reports. Acts that need report ids are made by {@link claimAct} and {@link actionAct}. */
export interface RehearsalCase {
  readonly units: readonly string[]
  readonly reports: readonly RehearsalReport[]
  readonly events: readonly Extract<MemberAct, { kind: "event-set" }>[]
  readonly story: Extract<MemberAct, { kind: "story-set" }>
  readonly claims: readonly { readonly record: string; act(supports: readonly string[]): MemberAct }[]
  readonly actions: readonly { readonly record: string; act(supports: readonly string[]): MemberAct }[]
  /** Caption of the pictures of an action. */
  readonly captionsByRecord: ReadonlyMap<string, { readonly fa: string; readonly en: string }>
  readonly gradesByRecord: ReadonlyMap<string, Grade>
}

type ClaimAct = Extract<MemberAct, { kind: "claim-set" }>
type ActionAct = Extract<MemberAct, { kind: "action-set" }>
type Grade = ClaimAct["grade"]

/** Reads the rehearsal's samples. @param folder - `samples/saravan-2021`. */
export async function readCase(folder: string): Promise<RehearsalCase> {
  const table = async (name: string): Promise<readonly Row[]> => await readTable(join(folder, name))
  const claims = await table("claims.tsv")
  const persian = byColumn(await table("claims-fa.tsv"), "claim_id")
  const desk = byColumn(await table("claims-desk.tsv"), "claim_id")
  const actions = await table("actions.tsv")
  const events = await table("events.tsv")
  const sent = await table("units.tsv")
  const claimsById = byColumn(claims, "claim_id")
  const actionsById = byColumn(actions, "action_id")
  const story = JSON.parse(await readFile(join(folder, "story.json"), "utf8")) as StorySample

  const reports = sent.map((row): RehearsalReport => {
    const record = row("record")
    const claim = claimsById.get(record)
    const action = actionsById.get(record)
    if (claim !== undefined) {
      const report = claimReport(claim, need(persian, record), need(desk, record), row)
      return { record: record.toLowerCase(), unit: row("unit"), report, files: [], still: null }
    }
    if (action === undefined)
      throw new Error(`units.tsv names ${record}, which is neither a claim nor an action`)
    const files = [action("photo"), action("video")]
      .filter((file) => file !== "")
      .map((file) => join(folder, file))
    const still = action("still") === "" ? null : join(folder, action("still"))
    return {
      record: record.toLowerCase(),
      unit: row("unit"),
      report: actionReport(action, row),
      files,
      still,
    }
  })

  return {
    units: [...new Set(sent.map((row) => row("unit")))].sort(),
    reports,
    events: events.map(eventAct),
    story: storyAct(story),
    claims: claims.map((row) => ({
      record: row("claim_id").toLowerCase(),
      act: (supports) => claimAct(row, need(persian, row("claim_id")), need(desk, row("claim_id")), supports),
    })),
    actions: actions.map((row) => ({
      record: row("action_id").toLowerCase(),
      act: (supports) => actionAct(row, supports),
    })),
    captionsByRecord: new Map(actions.map((row) => [row("action_id").toLowerCase(), both(row, "caption")])),
    gradesByRecord: new Map(
      claims.map((row) => [row("claim_id").toLowerCase(), gradeOf(need(desk, row("claim_id")))]),
    ),
  }
}

interface StorySample {
  readonly title_en: string
  readonly title_fa: string
  readonly paragraphs: readonly {
    readonly en: string
    readonly fa: string
    readonly cites: readonly string[]
  }[]
}

function need(rows: ReadonlyMap<string, Row>, id: string): Row {
  const row = rows.get(id)
  if (row === undefined) throw new Error(`a table of the samples lacks ${id}`)
  return row
}

function both(row: Row, column: string): { fa: string; en: string } {
  return { fa: row(`${column}_fa`), en: row(`${column}_en`) }
}

function claimReport(claim: Row, persian: Row, desk: Row, sent: Row): Report {
  const text = `${persian("value_text_fa")}. به گفتهٔ ${persian("claimant_fa")}. ${persian("scope_note_fa")}.`
  const reported: ReportedClaim = {
    ...numbers(claim),
    group: groupOf(claim, desk),
    scope: claim("scope_note"),
    source: {
      name: claim("claimant"),
      kind: claim("claimant_type") as ClaimAct["claimant"]["kind"],
      carriedBy: claim("carried_by"),
      url: claim("url"),
      saidOn: claim("reported"),
    },
  }
  return {
    type: "observation",
    language: "fa",
    text,
    place: {
      name: persian("place_fa"),
      province: "سیستان و بلوچستان",
      precision: precisionOf(claim("place_as_reported")),
    },
    period: periodOf(claim("event_from"), claim("event_to")),
    basis: sent("basis") as Report["basis"],
    claims: [reported],
    action: null,
    consent: { publish: sent("consent") as Report["consent"]["publish"], notBefore: null },
  }
}

function actionReport(action: Row, sent: Row): Report {
  return {
    type: "action",
    language: "fa",
    text: `${action("caption_fa")} ${action("town_fa")}، ۱۲ اسفند ۱۳۹۹.`,
    place: { name: action("town_fa"), province: action("province_fa"), precision: "town" },
    period: periodOf(action("date"), action("date")),
    basis: sent("basis") as Report["basis"],
    claims: [],
    action: { kind: action("kind") as ActionAct["action"], campaign: null },
    consent: { publish: sent("consent") as Report["consent"]["publish"], notBefore: null },
  }
}

function claimAct(claim: Row, persian: Row, desk: Row, supports: readonly string[]): ClaimAct {
  return {
    kind: "claim-set",
    id: claim("claim_id").toLowerCase(),
    event: desk("event_id").toLowerCase(),
    supports: [...supports],
    ...numbers(claim),
    group: groupOf(claim, desk),
    series: desk("counts_towards").toLowerCase(),
    scope: { fa: persian("scope_note_fa"), en: claim("scope_note") },
    said: { fa: persian("value_text_fa"), en: claim("value_text") },
    claimant: {
      name: { fa: persian("claimant_fa"), en: claim("claimant") },
      kind: claim("claimant_type") as ClaimAct["claimant"]["kind"],
    },
    carriedBy: { fa: persian("carried_by_fa"), en: claim("carried_by") },
    url: claim("url"),
    asOf: claim("reported"),
    grade: gradeOf(desk),
  }
}

function gradeOf(desk: Row): Grade {
  return {
    reliability: desk("reliability") as Grade["reliability"],
    credibility: Number(desk("credibility")) as Grade["credibility"],
  }
}

function eventAct(row: Row): Extract<MemberAct, { kind: "event-set" }> {
  return {
    kind: "event-set",
    id: row("event_id").toLowerCase(),
    title: both(row, "title"),
    period: periodOf(row("from"), row("to")),
    place: {
      name: both(row, "place"),
      province: both(row, "province"),
      precision: precisionOf(row("place_en")),
    },
    note: row("note_en") === "" ? null : both(row, "note"),
  }
}

function actionAct(row: Row, supports: readonly string[]): ActionAct {
  return {
    kind: "action-set",
    id: row("action_id").toLowerCase(),
    action: row("kind") as ActionAct["action"],
    supports: [...supports],
    period: periodOf(row("date"), row("date")),
    place: { name: both(row, "town"), province: both(row, "province"), precision: "town" },
    words: both(row, "text"),
    campaign: null,
  }
}

function storyAct(story: StorySample): Extract<MemberAct, { kind: "story-set" }> {
  return {
    kind: "story-set",
    id: "saravan",
    title: { fa: story.title_fa, en: story.title_en },
    period: { from: "2021-02-22", to: "2021-03-02", about: false },
    paragraphs: story.paragraphs.map(({ fa, en, cites }) => ({
      text: { fa, en },
      cites: cites.map((cite) => cite.toLowerCase()),
    })),
  }
}

// The tables write an open end as an empty maximum: "at least".
function numbers(claim: Row): Pick<ReportedClaim, "measure" | "low" | "high" | "bound"> {
  const low = claim("min") === "" ? null : Number(claim("min"))
  const high = claim("max") === "" ? null : Number(claim("max"))
  const bound = low === null ? "none" : high === null ? "at-least" : low === high ? "exactly" : "about"
  return { measure: claim("measure") as ReportedClaim["measure"], low, high, bound }
}

function groupOf(claim: Row, desk: Row): ReportedClaim["group"] {
  return claim("measure") === "shutdown" ? "none" : (desk("group") as ReportedClaim["group"])
}

function precisionOf(place: string): "town" | "province" {
  return /province/i.test(place) ? "province" : "town"
}

function periodOf(from: string, to: string): { from: string; to: string | null; about: boolean } {
  return { from, to: to === "" || to === from ? null : to, about: false }
}
