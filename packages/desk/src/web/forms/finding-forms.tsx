import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { act } from "../model/acts.ts"
import type { Editing } from "../model/editing.ts"
import { words } from "../words/words.ts"
import { PlaceField } from "./common-fields.tsx"
import { PeriodField } from "./date-field.tsx"
import { TextField } from "./fields.tsx"
import { Form, lacking } from "./form.tsx"
import { placeMissing } from "./place-missing.ts"

/** Where the desk found that it happened. */
export function PlaceForm({
  editing,
}: {
  readonly editing: Extract<Editing, { form: "place" }>
}): JSX.Element {
  const { forms } = words.value
  const [draft, setDraft] = useState(editing.draft)
  return (
    <Form
      title={forms.placeTitle}
      missing={lacking([[forms.placeName, placeMissing(draft.place)]])}
      save={() => act(draft)}
    >
      <PlaceField value={draft.place} change={(place) => setDraft({ ...draft, place })} />
    </Form>
  )
}

/** When the desk found that it happened. */
export function DateForm({ editing }: { readonly editing: Extract<Editing, { form: "date" }> }): JSX.Element {
  const { forms } = words.value
  const [draft, setDraft] = useState(editing.draft)
  return (
    <Form
      title={forms.dateTitle}
      missing={lacking([[forms.from, draft.period.from === ""]])}
      save={() => act(draft)}
    >
      <PeriodField value={draft.period} change={(period) => setDraft({ ...draft, period })} />
    </Form>
  )
}

/** A note for the desk alone. */
export function NoteForm({ editing }: { readonly editing: Extract<Editing, { form: "note" }> }): JSX.Element {
  const { forms } = words.value
  const [draft, setDraft] = useState(editing.draft)
  return (
    <Form
      title={forms.noteTitle}
      missing={lacking([[forms.noteTitle, draft.words.trim() === ""]])}
      save={() => act(draft)}
    >
      <TextField
        label={forms.note}
        hint={forms.noteHint}
        lines={5}
        max={10_000}
        value={draft.words}
        change={(text) => setDraft({ ...draft, words: text })}
      />
    </Form>
  )
}
