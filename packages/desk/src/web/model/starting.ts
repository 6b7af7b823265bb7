import type { ReportView } from "../../desk.ts"
import { chosen, desk, report, view } from "./desk.ts"
import { actionDraft, claimDraft, eventDraft, periodOf, placeDraft, storyDraft } from "./drafts.ts"
import { edit } from "./editing.ts"

/** Opens the claim form, filled from the first number in the report that no claim was made from yet. */
export function startClaim(from: ReportView): void {
  const reported = from.report?.claims[from.claims.length] ?? from.report?.claims[0]
  edit({ form: "claim", draft: claimDraft(from, reported), isNew: true, fromReport: true })
}

export function startEvent(from: ReportView | null): void {
  edit({ form: "event", draft: eventDraft(from), isNew: true, fromReport: from !== null })
}

export function startAction(from: ReportView | null): void {
  edit({ form: "action", draft: actionDraft(from), isNew: true, fromReport: from !== null })
}

export function startStory(): void {
  edit({ form: "story", draft: storyDraft(), isNew: true })
}

export function startPlace(from: ReportView): void {
  edit({ form: "place", draft: { kind: "placed", root: from.root, place: placeDraft(from) } })
}

export function startDate(from: ReportView): void {
  const period = periodOf(from) ?? { from: "", to: null, about: false }
  edit({ form: "date", draft: { kind: "dated", root: from.root, period } })
}

export function startNote(from: ReportView): void {
  edit({ form: "note", draft: { kind: "noted", root: from.root, words: "" } })
}

/** What "new" means where the member is. */
export function startNew(): void {
  switch (view.value) {
    case "inbox":
      if (report.value?.report) startClaim(report.value)
      return
    case "events":
      return startEvent(null)
    case "actions":
      return startAction(null)
    case "stories":
      return startStory()
  }
}

/** Opens what is chosen in the list of events, actions or stories to be changed. */
export function editChosen(): void {
  const id = chosen.value[view.value]
  const event = desk.value?.events.find((one) => one.id === id)
  const action = desk.value?.actions.find((one) => one.id === id)
  const story = desk.value?.stories.find((one) => one.id === id)
  if (event !== undefined) edit({ form: "event", draft: event, isNew: false, fromReport: false })
  else if (action !== undefined) edit({ form: "action", draft: action, isNew: false, fromReport: false })
  else if (story !== undefined) edit({ form: "story", draft: story, isNew: false })
}
