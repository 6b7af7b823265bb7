import type { Period, Report, ReportedClaim } from "@govah/core/report"
import type { MemberAct, ReportView } from "../../desk.ts"
import { desk } from "./desk.ts"
import { takenIds } from "./short-name.ts"

type ActOf<K extends MemberAct["kind"]> = Extract<MemberAct, { readonly kind: K }>
type LocalText = ActOf<"event-set">["title"]
type LocalPlace = ActOf<"event-set">["place"]

const NOTHING: LocalText = { fa: "", en: "" }

/** The next short name of one kind that is free: E1, E2, … */
export function freeId(letter: "E" | "A" | "C" | "S"): string {
  const taken = takenIds()
  let n = 1
  while (taken.has(`${letter}${n}`.toLowerCase())) n++
  return `${letter}${n}`
}

/** A claim as a report suggests it. Whatever the report does not say stays empty, and the form says what is missing. */
export function claimDraft(view: ReportView, reported: ReportedClaim | undefined): ActOf<"claim-set"> {
  const report = view.report
  const said = reported?.source?.name ?? null
  const event = eventOf(view)
  const measure = reported?.measure ?? "killed"
  const group = reported?.group ?? "unknown"
  return {
    kind: "claim-set",
    id: freeId("C"),
    event,
    supports: [view.root],
    measure,
    low: reported?.low ?? null,
    high: reported?.high ?? null,
    bound: reported?.bound ?? "exactly",
    group,
    series: event === "" ? "" : `${event}-${measure}`.slice(0, 32),
    scope: inOwn(report, reported?.scope ?? ""),
    said: inOwn(report, (report?.text ?? "").slice(0, 1000)),
    claimant: {
      name: said === null ? { fa: "شاهدی در محل", en: "A witness" } : inOwn(report, said),
      kind: reported?.source?.kind ?? "witness",
    },
    carriedBy: reported?.source?.carriedBy ? inOwn(report, reported.source.carriedBy) : null,
    url: reported?.source?.url ?? null,
    asOf: reported?.source?.saidOn ?? periodOf(view)?.from ?? view.receivedOn,
    grade: view.grade ?? { reliability: "F", credibility: 6 },
  }
}

/** An event as a report suggests it. */
export function eventDraft(view: ReportView | null): ActOf<"event-set"> {
  return {
    kind: "event-set",
    id: freeId("E"),
    title: NOTHING,
    period: (view && periodOf(view)) ?? { from: "", to: null, about: false },
    place: placeDraft(view),
    note: null,
  }
}

/** An action as a report suggests it. */
export function actionDraft(view: ReportView | null): ActOf<"action-set"> {
  const report = view?.report ?? null
  return {
    kind: "action-set",
    id: freeId("A"),
    action: report?.action?.kind ?? "poster",
    supports: view === null ? [] : [view.root],
    period: (view && periodOf(view)) ?? { from: "", to: null, about: false },
    place: placeDraft(view),
    words: inOwn(report, (report?.text ?? "").slice(0, 1000)),
    campaign: report?.action?.campaign ? inOwn(report, report.action.campaign) : null,
  }
}

export function storyDraft(): ActOf<"story-set"> {
  return {
    kind: "story-set",
    id: freeId("S"),
    title: NOTHING,
    period: { from: "", to: null, about: false },
    paragraphs: [{ text: NOTHING, cites: [] }],
  }
}

/** A place as the desk found it, else as the report says it: one language is there, the other is to be written. */
export function placeDraft(view: ReportView | null): LocalPlace {
  if (view?.place) return view.place
  const said = view?.report?.place ?? null
  return {
    name: inOwn(view?.report ?? null, said?.name ?? ""),
    province: said?.province ? inOwn(view?.report ?? null, said.province) : null,
    // An exact spot is never published: what the report calls a point begins as a town.
    precision: said === null || said.precision === "point" ? "town" : said.precision,
  }
}

export function periodOf(view: ReportView): Period | null {
  return view.period ?? view.report?.period ?? null
}

// The event that other claims of this report are about, else the only or the newest one.
function eventOf(view: ReportView): string {
  return view.claims[0]?.event ?? desk.value?.events.at(-1)?.id ?? ""
}

// Text of the report goes to the language that it is written in, seen by its letters: units mix languages.
function inOwn(report: Report | null, text: string): LocalText {
  const isPersian = /[\u0600-\u06ff]/.test(text) || (text === "" && report?.language === "fa")
  return isPersian ? { fa: text, en: "" } : { fa: "", en: text }
}
