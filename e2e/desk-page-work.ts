import type { CellId } from "@govah/core/cell"
import type { Report } from "@govah/core/report"
import type { MemberAct } from "@govah/desk"
import type { ServedDesk } from "./desk-page-support.ts"

/** A number in a report, with who says it. */
export const TEN_KILLED: Report["claims"][number] = {
  measure: "killed",
  low: 10,
  high: null,
  bound: "at-least",
  group: "protester",
  scope: "سوخت‌بران نزدیک گمرک",
  source: { name: "سازمان نمونه", kind: "ngo", carriedBy: null, url: null, saidOn: "2021-03-02" },
}

/** What a member would have done with a report before: graded it, made an event and two claims that differ. */
export async function workOn({ desk }: ServedDesk, root: CellId): Promise<void> {
  const both = (fa: string, en: string): { fa: string; en: string } => ({ fa, en })
  const place = { name: both("سراوان", "Saravan"), province: null, precision: "county" } as const
  const period = { from: "2021-02-22", to: "2021-02-24", about: true }
  await desk.act({ kind: "graded", root, grade: { reliability: "B", credibility: 2 } })
  await desk.act({ kind: "noted", root, words: "با منبع دیگر سنجیده شد" })
  await desk.act({
    kind: "event-set",
    id: "E1",
    title: both("تیراندازی", "Shooting"),
    period,
    place,
    note: null,
  })
  const claim: Omit<
    Extract<MemberAct, { kind: "claim-set" }>,
    "id" | "low" | "high" | "bound" | "said" | "claimant" | "asOf" | "grade"
  > = {
    kind: "claim-set",
    event: "E1",
    supports: [root],
    measure: "killed",
    group: "protester",
    series: "E1-killed",
    scope: both("سوخت‌بران", "fuel porters"),
    carriedBy: null,
    url: null,
  }
  await desk.act({
    ...claim,
    id: "C1",
    low: 10,
    high: null,
    bound: "at-least",
    said: both("دست‌کم ده کشته", "at least ten killed"),
    claimant: { name: both("سازمان نمونه", "Example Organisation"), kind: "ngo" },
    asOf: "2021-03-02",
    grade: { reliability: "B", credibility: 2 },
  })
  await desk.act({
    ...claim,
    id: "C2",
    low: 3,
    high: 3,
    bound: "exactly",
    said: both("سه کشته", "three killed"),
    claimant: { name: both("فرمانداری", "Governor's office"), kind: "official" },
    asOf: "2021-02",
    grade: { reliability: "E", credibility: 5 },
  })
}
