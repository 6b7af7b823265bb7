import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { act } from "../model/acts.ts"
import { chooseMade } from "../model/desk.ts"
import type { Editing } from "../model/editing.ts"
import { words } from "../words/words.ts"
import { orNothing, PlaceField } from "./common-fields.tsx"
import { PeriodField } from "./date-field.tsx"
import { BothField, TextField } from "./fields.tsx"
import { Form, lacking } from "./form.tsx"
import { idMissing } from "../model/short-name.ts"
import { placeMissing } from "./place-missing.ts"

type EventEditing = Extract<Editing, { readonly form: "event" }>

/** Makes or changes an event. */
export function EventForm({ editing }: { readonly editing: EventEditing }): JSX.Element {
  const { forms } = words.value
  const [draft, setDraft] = useState(editing.draft)
  const set = (part: Partial<typeof draft>): void => setDraft({ ...draft, ...part })
  const missing = lacking([
    [forms.title, draft.title.fa.trim() === "" || draft.title.en.trim() === ""],
    [forms.from, draft.period.from === ""],
    [forms.placeName, placeMissing(draft.place)],
    [forms.id, editing.isNew && idMissing(draft.id)],
  ])
  async function save(): Promise<boolean> {
    const saved = await act(draft)
    if (saved && editing.isNew) chooseMade("events", draft.id)
    return saved
  }
  return (
    <Form
      title={editing.isNew ? forms.newEvent : forms.editEvent(draft.id)}
      fromReport={editing.fromReport}
      missing={missing}
      save={save}
    >
      <BothField label={forms.title} max={300} value={draft.title} change={(title) => set({ title })} />
      <PeriodField value={draft.period} change={(period) => set({ period })} />
      <PlaceField value={draft.place} change={(place) => set({ place })} />
      <BothField
        label={forms.publicNote}
        lines={3}
        max={10_000}
        value={draft.note ?? { fa: "", en: "" }}
        change={(note) => set({ note: orNothing(note) })}
      />
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
