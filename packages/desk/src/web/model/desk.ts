import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals"
import type { ReportRow, ReportView } from "../../desk.ts"
import type { StateAnswer } from "../../http/wire.ts"
import { ClientError, getJson } from "./client.ts"
import { arrivedAtMs, type Filter, fits, found } from "./rows.ts"

export const VIEWS = ["inbox", "events", "actions", "stories"] as const
/** Which list stands in the middle. */
export type View = (typeof VIEWS)[number]

/** What the desk holds; null until it has answered once. */
export const desk: Signal<StateAnswer | null> = signal(null)
export const view: Signal<View> = signal("inbox")
/** What is chosen in each list: the root of a report, the id of the others. */
export const chosen: Signal<Readonly<Record<View, string | null>>> = signal({
  inbox: null,
  events: null,
  actions: null,
  stories: null,
})
export const filter: Signal<Filter> = signal("all")
/** Key of the unit whose reports alone are shown. */
export const unit: Signal<string | null> = signal(null)
export const query: Signal<string> = signal("")
/** The chosen report, opened; null while it opens. */
export const report: Signal<ReportView | null> = signal(null)
/** On a narrow screen one pane shows: the list or the item. */
export const pane: Signal<"list" | "item"> = signal("list")
/** Whether the item takes the focus as soon as it is there. */
export const wantsFocus: Signal<boolean> = signal(false)
/** Whether the page has no key, or an old one, and can do nothing. */
export const locked: Signal<boolean> = signal(false)
export const nowMs: Signal<number> = signal(Date.now())

/** The reports that the list shows, newest first. */
export const rows: ReadonlySignal<readonly ReportRow[]> = computed(() =>
  (desk.value?.reports ?? [])
    .filter((row) => fits(row, filter.value))
    .filter((row) => unit.value === null || row.unit === unit.value)
    .filter((row) => query.value.trim() === "" || found(row, query.value))
    .toSorted((a, b) => arrivedAtMs(b) - arrivedAtMs(a)),
)

/** Names of what the list in the middle shows, in its order. */
export const listed: ReadonlySignal<readonly string[]> = computed(() => {
  const known = desk.value
  if (known === null) return []
  switch (view.value) {
    case "inbox":
      return rows.value.map((row) => row.root)
    case "events":
      return known.events.map((event) => event.id)
    case "actions":
      return known.actions.map((action) => action.id)
    case "stories":
      return known.stories.map((story) => story.id)
  }
})

/** Asks the desk for everything that is listed, and for the open report again. @throws ClientError */
export async function refresh(): Promise<void> {
  try {
    const answer = await getJson<StateAnswer>("/api/state")
    batch(() => {
      desk.value = answer
      nowMs.value = Date.now()
      locked.value = false
    })
  } catch (error) {
    if (error instanceof ClientError && error.code === "no-token") locked.value = true
    throw error
  }
  await openReport()
}

/** Chooses something in a list. With `show` the item comes forward and takes the focus. */
export function choose(where: View, id: string | null, show: boolean): void {
  batch(() => {
    view.value = where
    chosen.value = { ...chosen.value, [where]: id }
    if (show) {
      pane.value = "item"
      wantsFocus.value = true
    }
  })
}

/** Chooses what was just made in its own list. Whoever made it from a report stays at the report. */
export function chooseMade(where: View, id: string): void {
  if (view.value === where) choose(where, id, true)
  else chosen.value = { ...chosen.value, [where]: id }
}

/** Moves in the list by `step`; at its ends it stays. */
export function move(step: number): void {
  const ids = listed.value
  const at = ids.indexOf(chosen.value[view.value] ?? "")
  const next = at < 0 ? (step > 0 ? 0 : ids.length - 1) : Math.min(Math.max(at + step, 0), ids.length - 1)
  if (ids[next] !== undefined) choose(view.value, ids[next], false)
}

let opening: AbortController | null = null

/** Opens the chosen report; what was being opened before is left. */
export async function openReport(): Promise<void> {
  opening?.abort()
  const root = chosen.value.inbox
  if (root === null) {
    report.value = null
    return
  }
  if (report.value?.root !== root) report.value = null
  opening = new AbortController()
  const { signal: aborted } = opening
  try {
    const opened = await getJson<ReportView>(`/api/reports/${root}`, aborted)
    if (!aborted.aborted) report.value = opened
  } catch (error) {
    if (!aborted.aborted) throw error
  }
}
