import { groups, measures } from "@govah/core/publication"
import { BOUNDS, GROUPS, MEASURES } from "@govah/core/report"
import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { act } from "../model/acts.ts"
import { desk, report } from "../model/desk.ts"
import { eventDraft } from "../model/drafts.ts"
import { type Editing, edit, keepDraft } from "../model/editing.ts"
import { language, ownDigits, words } from "../words/words.ts"
import { GradeField, orNothing, SupportsField, voices } from "./common-fields.tsx"
import { CalendarChoice, DateField, latinDigits } from "./date-field.tsx"
import { BothField, ChoiceField, TextField } from "./fields.tsx"
import { Form, lacking } from "./form.tsx"
import { idMissing, isShortName } from "../model/short-name.ts"

type ClaimEditing = Extract<Editing, { readonly form: "claim" }>
type Draft = ClaimEditing["draft"]

const NOTHING = { fa: "", en: "" }

/** Makes or changes a claim. */
export function ClaimForm({ editing }: { readonly editing: ClaimEditing }): JSX.Element {
  const { forms } = words.value
  const lang = language.value
  const [draft, setDraft] = useState(editing.draft)
  const set = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const events = desk.value?.events ?? []
  const event = draft.event || (events.at(-1)?.id ?? "")
  const otherSeries = [
    ...new Set(
      (desk.value?.claims ?? []).filter((c) => c.event === event && c.id !== draft.id).map((c) => c.series),
    ),
  ]
  const hasLow = draft.bound !== "none"
  const hasHigh = draft.bound === "exactly" || draft.bound === "about"
  // "Exactly 3" is both ends of the range; whoever types one number means that.
  const high = draft.bound === "exactly" ? (draft.high ?? draft.low) : hasHigh ? draft.high : null
  const low = hasLow ? draft.low : null

  const missing = lacking([
    [forms.id, editing.isNew && idMissing(draft.id)],
    [forms.event, event === ""],
    [forms.low, hasLow && low === null],
    [`${forms.low} ≤ ${forms.high}`, low !== null && high !== null && low > high],
    [forms.series, !isShortName(draft.series)],
    [forms.scope, draft.scope.fa.trim() === "" || draft.scope.en.trim() === ""],
    [forms.said, draft.said.fa.trim() === "" || draft.said.en.trim() === ""],
    [forms.claimant, draft.claimant.name.fa.trim() === "" || draft.claimant.name.en.trim() === ""],
    [forms.asOf, draft.asOf === ""],
    [forms.supports, draft.supports.length === 0],
  ])

  function count(text: string): number | null {
    const digits = latinDigits(text).replace(/\D/g, "")
    return digits === "" ? null : Number(digits)
  }

  return (
    <Form
      title={editing.isNew ? forms.newClaim : forms.editClaim(draft.id)}
      fromReport={editing.fromReport}
      missing={missing}
      save={() => act({ ...draft, event, low, high })}
    >
      {events.length === 0 ? (
        <p>
          {forms.noEvent}.{" "}
          <button
            type="button"
            onClick={() => {
              keepDraft({ ...editing, draft })
              edit({ form: "event", draft: eventDraft(report.value), isNew: true, fromReport: true })
            }}
          >
            {forms.eventFirst}
          </button>
        </p>
      ) : (
        <ChoiceField
          label={forms.event}
          value={event}
          choices={events.map((e) => [e.id, `${e.id} · ${e.title[lang]}`] as const)}
          change={(id) => set({ event: id })}
        />
      )}
      <div class="pair">
        <ChoiceField
          label={forms.measure}
          value={draft.measure}
          choices={MEASURES.map((key) => [key, measures[key][lang]] as const)}
          change={(measure) => set({ measure })}
        />
        <ChoiceField
          label={forms.group}
          value={draft.group}
          choices={GROUPS.map((key) => [key, groups[key][lang]] as const)}
          change={(group) => set({ group })}
        />
      </div>
      <div class="triple">
        <ChoiceField
          label={forms.bound}
          value={draft.bound}
          choices={BOUNDS.map((key) => [key, forms.bounds[key]] as const)}
          change={(bound) => set({ bound })}
        />
        <TextField
          label={forms.low}
          value={low === null ? "" : ownDigits(`${low}`)}
          digits
          disabled={!hasLow}
          max={8}
          change={(text) => set({ low: count(text) })}
        />
        <TextField
          label={forms.high}
          value={high === null ? "" : ownDigits(`${high}`)}
          digits
          disabled={!hasHigh}
          max={8}
          change={(text) => set({ high: count(text) })}
        />
      </div>
      <TextField
        label={forms.series}
        value={draft.series}
        ltr
        max={32}
        hint={forms.seriesHint}
        change={(series) => set({ series })}
      />
      {otherSeries.length > 0 && (
        <p class="buttons start">
          {otherSeries.map((series) => (
            <button type="button" class="quiet" key={series} onClick={() => set({ series })}>
              <bdi>{series}</bdi>
            </button>
          ))}
        </p>
      )}
      <BothField
        label={forms.scope}
        lines={2}
        max={500}
        value={draft.scope}
        change={(scope) => set({ scope })}
      />
      <BothField
        label={forms.said}
        lines={3}
        max={1000}
        value={draft.said}
        change={(said) => set({ said })}
      />
      <BothField
        label={forms.claimant}
        max={200}
        value={draft.claimant.name}
        change={(name) => set({ claimant: { ...draft.claimant, name } })}
      />
      <ChoiceField
        label={forms.claimantKind}
        value={draft.claimant.kind}
        choices={voices()}
        change={(kind) => set({ claimant: { ...draft.claimant, kind } })}
      />
      <BothField
        label={forms.carriedBy}
        max={200}
        value={draft.carriedBy ?? NOTHING}
        change={(carriedBy) => set({ carriedBy: orNothing(carriedBy) })}
      />
      <TextField
        label={forms.url}
        value={draft.url ?? ""}
        ltr
        max={2000}
        change={(url) => set({ url: url.trim() === "" ? null : url.trim() })}
      />
      <CalendarChoice />
      <DateField label={forms.asOf} months value={draft.asOf} change={(asOf) => set({ asOf })} />
      <GradeField value={draft.grade} change={(grade) => set({ grade })} />
      <SupportsField value={draft.supports} change={(supports) => set({ supports })} />
      {editing.isNew && (
        <TextField
          label={forms.id}
          value={draft.id}
          ltr
          max={32}
          hint={forms.idHint}
          change={(id) => set({ id })}
        />
      )}
    </Form>
  )
}

/** Opens a claim to be changed. */
export function editClaim(claim: Draft): void {
  edit({ form: "claim", draft: claim, isNew: false, fromReport: false })
}
