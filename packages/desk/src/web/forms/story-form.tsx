import { actionKinds, measures } from "@govah/core/publication"
import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { act } from "../model/acts.ts"
import { chooseMade, desk } from "../model/desk.ts"
import type { Editing } from "../model/editing.ts"
import { language, number, words } from "../words/words.ts"
import { PeriodField } from "./date-field.tsx"
import { BothField, CheckField, TextField } from "./fields.tsx"
import { Form, lacking } from "./form.tsx"
import { idMissing } from "../model/short-name.ts"

type StoryEditing = Extract<Editing, { readonly form: "story" }>
type Paragraph = StoryEditing["draft"]["paragraphs"][number]

/** Writes a story whose every paragraph can name what it rests on. */
export function StoryForm({ editing }: { readonly editing: StoryEditing }): JSX.Element {
  const { forms } = words.value
  const [draft, setDraft] = useState(editing.draft)
  const set = (part: Partial<typeof draft>): void => setDraft({ ...draft, ...part })
  const setParagraph = (at: number, part: Partial<Paragraph>): void =>
    set({ paragraphs: draft.paragraphs.map((p, i) => (i === at ? { ...p, ...part } : p)) })
  const missing = lacking([
    [forms.title, draft.title.fa.trim() === "" || draft.title.en.trim() === ""],
    [forms.from, draft.period.from === ""],
    ...draft.paragraphs.map(
      ({ text }, i) =>
        [forms.paragraph(number(i + 1)), text.fa.trim() === "" || text.en.trim() === ""] as const,
    ),
    [forms.id, editing.isNew && idMissing(draft.id)],
  ])
  async function save(): Promise<boolean> {
    const saved = await act(draft)
    if (saved && editing.isNew) chooseMade("stories", draft.id)
    return saved
  }
  const citable = citations()
  return (
    <Form title={editing.isNew ? forms.newStory : forms.editStory(draft.id)} missing={missing} save={save}>
      <BothField label={forms.title} max={300} value={draft.title} change={(title) => set({ title })} />
      <PeriodField value={draft.period} change={(period) => set({ period })} />
      {draft.paragraphs.map((paragraph, at) => (
        <section
          class="paragraph"
          key={`${at}/${draft.paragraphs.length}`}
          aria-label={forms.paragraph(number(at + 1))}
        >
          <BothField
            label={forms.paragraph(number(at + 1))}
            lines={4}
            max={10_000}
            value={paragraph.text}
            change={(text) => setParagraph(at, { text })}
          />
          <details open={paragraph.cites.length > 0}>
            <summary>
              {forms.cites} <bdi>{paragraph.cites.join(" · ")}</bdi>
            </summary>
            {citable.map(([id, text]) => (
              <CheckField
                key={id}
                label={`${id} · ${text}`}
                checked={paragraph.cites.includes(id)}
                change={(on) =>
                  setParagraph(at, {
                    cites: on ? [...paragraph.cites, id] : paragraph.cites.filter((cite) => cite !== id),
                  })
                }
              />
            ))}
          </details>
          {draft.paragraphs.length > 1 && (
            <button
              type="button"
              class="quiet"
              onClick={() => set({ paragraphs: draft.paragraphs.filter((_, i) => i !== at) })}
            >
              {forms.removeParagraph}
            </button>
          )}
        </section>
      ))}
      <button
        type="button"
        class="quiet"
        onClick={() => set({ paragraphs: [...draft.paragraphs, { text: { fa: "", en: "" }, cites: [] }] })}
      >
        {forms.addParagraph}
      </button>
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

// What a paragraph can rest on: events, actions and claims, in a line each.
function citations(): (readonly [string, string])[] {
  const lang = language.value
  const known = desk.value
  return [
    ...(known?.events ?? []).map((event) => [event.id, event.title[lang]] as const),
    ...(known?.actions ?? []).map(
      (action) => [action.id, `${actionKinds[action.action][lang]} · ${action.place.name[lang]}`] as const,
    ),
    ...(known?.claims ?? []).map(
      (claim) => [claim.id, `${measures[claim.measure][lang]} · ${claim.claimant.name[lang]}`] as const,
    ),
  ]
}
