import { actionKinds } from "@govah/core/publication"
import type { JSX } from "preact"
import { choose, chosen, desk, listed, view } from "../model/desk.ts"
import { startNew } from "../model/starting.ts"
import { language, number, words } from "../words/words.ts"
import { shortDay } from "../words/time.ts"

/** The list in the middle for events, actions and stories. */
export function SubjectList(): JSX.Element {
  const { subject, list } = words.value
  const fresh = { events: subject.newEvent, actions: subject.newAction, stories: subject.newStory, inbox: "" }
  return (
    <>
      <p class="buttons start list-head">
        <button type="button" onClick={startNew}>
          {fresh[view.value]} <kbd>n</kbd>
        </button>
      </p>
      {listed.value.length === 0 ? (
        <p class="empty">{list.nothing}</p>
      ) : (
        <ul class="rows">
          {listed.value.map((id) => (
            <li key={id}>
              <SubjectRow id={id} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function SubjectRow({ id }: { readonly id: string }): JSX.Element {
  const { publish } = words.value
  const lang = language.value
  const known = desk.value
  const event = known?.events.find((e) => e.id === id)
  const action = known?.actions.find((a) => a.id === id)
  const story = known?.stories.find((s) => s.id === id)
  const published = known?.publications.find((p) => p.id === id)
  const period = (event ?? action ?? story)?.period
  const title = action === undefined ? (event ?? story)?.title[lang] : actionKinds[action.action][lang]
  return (
    <button
      type="button"
      class="row"
      aria-current={chosen.value[view.value] === id ? "true" : undefined}
      onClick={() => choose(view.value, id, true)}
    >
      <span class="subject-facts">
        <bdi class="mono">{id}</bdi>
        <span>{(event ?? action)?.place.name[lang]}</span>
        <span>{period === undefined ? "" : shortDay(period)}</span>
        <span class="state">
          {published === undefined ? publish.never : `✓ ${publish.title} ${number(published.revision)}`}
        </span>
      </span>
      <span class="first-words">
        {title}
        {action !== undefined && ` · ${action.words[lang]}`}
      </span>
    </button>
  )
}
