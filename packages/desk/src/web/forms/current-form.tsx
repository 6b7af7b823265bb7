import type { JSX } from "preact"
import { editing } from "../model/editing.ts"
import { ActionForm } from "./action-form.tsx"
import { ClaimForm } from "./claim-form.tsx"
import { EventForm } from "./event-form.tsx"
import { DateForm, NoteForm, PlaceForm } from "./finding-forms.tsx"
import { PictureForm } from "./picture-form.tsx"
import { StoryForm } from "./story-form.tsx"

/** The form at the top, if any. */
export function CurrentForm(): JSX.Element | null {
  const depth = editing.value.length
  const now = editing.value.at(-1)
  const key = depth
  switch (now?.form) {
    case undefined:
      return null
    case "claim":
      return <ClaimForm key={key} editing={now} />
    case "event":
      return <EventForm key={key} editing={now} />
    case "action":
      return <ActionForm key={key} editing={now} />
    case "story":
      return <StoryForm key={key} editing={now} />
    case "place":
      return <PlaceForm key={key} editing={now} />
    case "date":
      return <DateForm key={key} editing={now} />
    case "note":
      return <NoteForm key={key} editing={now} />
    case "picture":
      return <PictureForm key={key} editing={now} />
  }
}
