import type { JSX } from "preact"
import type { ReportView } from "../../desk.ts"
import { act } from "../model/acts.ts"
import { chosen, pane, report } from "../model/desk.ts"
import { arrivedAtMs, markWords, marksOf, placeOf } from "../model/rows.ts"
import { ask } from "../parts/dialog.tsx"
import { ItemTitle } from "../parts/item-title.tsx"
import { words } from "../words/words.ts"
import { moment } from "../words/time.ts"
import { CustodyLine } from "./custody-line.tsx"
import { Findings } from "./findings.tsx"
import { MediaStrip } from "./media-strip.tsx"
import { SaidByWitness } from "./said-by-witness.tsx"

/** One report: its media large, what the witness says beside them, what the desk found, and its chain of custody. */
export function ReportItem(): JSX.Element {
  const { item, states, stateWhy, list } = words.value
  const view = report.value
  if (chosen.value.inbox === null)
    return (
      <div class="empty">
        <h1>{item.none}</h1>
        <p class="hint">{item.noneHint}</p>
      </div>
    )
  if (view === null) return <h1 class="empty">{item.loading}</h1>
  const marks = marksOf(view).filter((mark) => mark !== "new" && mark !== "whole")
  return (
    <article class="item" aria-labelledby="item-title">
      <header class="item-head">
        <button type="button" class="back quiet" onClick={() => (pane.value = "list")}>
          {item.back}
        </button>
        <ItemTitle>
          <bdi>{placeOf(view) ?? list.noPlace}</bdi>
          <span class="kind">
            {view.report === null ? "" : view.report.type === "action" ? item.action : item.observation}
          </span>
        </ItemTitle>
        <p class="hint">
          {item.arrived(moment(arrivedAtMs(view)))} ·{" "}
          {view.unitStanding === "anonymous" ? item.witness : item.unit}{" "}
          <bdi class="mono">{view.unit?.slice(0, 6) ?? "?"}</bdi>
          {marks.length === 0 && ` · ${stateWhy.whole}`}
        </p>
        {marks.map((mark) => (
          <p class={`mark ${mark}`} key={mark}>
            <strong>{mark === "waiting" ? markWords(mark, view) : states[mark]}</strong> {stateWhy[mark]}
          </p>
        ))}
        {view.unitDigits.length > 0 && view.unitStanding !== "known" && <UnitDigits view={view} />}
      </header>
      <div class={view.attachments.length > 0 ? "evidence" : "evidence words-only"}>
        {view.attachments.length > 0 && <MediaStrip key={view.root} view={view} />}
        <SaidByWitness view={view} />
      </div>
      <Findings view={view} />
      <CustodyLine steps={view.custody} />
    </article>
  )
}

// What a member compares with the person. A key that shares its invitation with another is known only after that.
function UnitDigits({ view }: { readonly view: ReportView }): JSX.Element {
  const { item } = words.value
  const { unit } = view
  async function confirm(): Promise<void> {
    if (unit === null) return
    const sure = await ask({
      title: item.confirmAsk,
      body: (
        <>
          <p class="mono">
            <bdi>{view.unitDigits.join(" ")}</bdi>
          </p>
          <p>{item.confirmWhy}</p>
        </>
      ),
      yes: item.confirmYes,
      no: item.confirmNo,
      danger: true,
    })
    if (sure) await act({ kind: "confirmed-unit", unit }, item.confirmed)
  }
  return (
    <p class="hint">
      {item.unitDigits}: <bdi class="mono">{view.unitDigits.join(" ")}</bdi>{" "}
      {view.unitStanding === "contested" && (
        <button type="button" onClick={() => void confirm()}>
          {item.confirm}
        </button>
      )}
    </p>
  )
}
