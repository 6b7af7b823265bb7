import { actionKinds } from "@govah/core/publication"
import { ACTION_KINDS } from "@govah/core/report"
import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { act } from "../model/acts.ts"
import { chooseMade } from "../model/desk.ts"
import type { Editing } from "../model/editing.ts"
import { language, words } from "../words/words.ts"
import { orNothing, PlaceField, SupportsField } from "./common-fields.tsx"
import { PeriodField } from "./date-field.tsx"
import { BothField, ChoiceField, TextField } from "./fields.tsx"
import { Form, lacking } from "./form.tsx"
import { idMissing } from "../model/short-name.ts"
import { placeMissing } from "./place-missing.ts"

type ActionEditing = Extract<Editing, { readonly form: "action" }>

/** Makes or changes an action. */
export function ActionForm({ editing }: { readonly editing: ActionEditing }): JSX.Element {
  const { forms } = words.value
  const [draft, setDraft] = useState(editing.draft)
  const set = (part: Partial<typeof draft>): void => setDraft({ ...draft, ...part })
  const missing = lacking([
    [forms.words, draft.words.fa.trim() === "" || draft.words.en.trim() === ""],
    [forms.from, draft.period.from === ""],
    [forms.placeName, placeMissing(draft.place)],
    [forms.supports, draft.supports.length === 0],
    [forms.id, editing.isNew && idMissing(draft.id)],
  ])
  async function save(): Promise<boolean> {
    const saved = await act(draft)
    if (saved && editing.isNew) chooseMade("actions", draft.id)
    return saved
  }
  return (
    <Form
      title={editing.isNew ? forms.newAction : forms.editAction(draft.id)}
      fromReport={editing.fromReport}
      missing={missing}
      save={save}
    >
      <ChoiceField
        label={forms.kind}
        value={draft.action}
        choices={ACTION_KINDS.map((kind) => [kind, actionKinds[kind][language.value]] as const)}
        change={(action) => set({ action })}
      />
      <BothField
        label={forms.words}
        lines={2}
        max={1000}
        value={draft.words}
        change={(text) => set({ words: text })}
      />
      <PeriodField value={draft.period} change={(period) => set({ period })} />
      <PlaceField value={draft.place} change={(place) => set({ place })} />
      <BothField
        label={forms.campaign}
        max={200}
        value={draft.campaign ?? { fa: "", en: "" }}
        change={(campaign) => set({ campaign: orNothing(campaign) })}
      />
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
