import type { JSX } from "preact"
import { useRef } from "preact/hooks"
import { Lines } from "./entry.tsx"
import { formatDay } from "./format.ts"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

/** The first time: an invitation is pasted, read, and accepted by a person who knows whom to expect. */
export function Join({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value
  const text = useRef<HTMLTextAreaElement>(null)
  const invitation = state.invitation.value
  const failure = state.failure.value
  const busy = state.busy.value !== null
  return (
    <section aria-labelledby="join">
      <h1 id="join">{words.join.heading}</h1>
      {failure !== null && <Trouble text={words.failures[failure]} />}
      {invitation === null ? (
        <>
          <p>{words.join.what}</p>
          <label class="field" for="invitation">
            {words.join.label}
          </label>
          <Lines id="invitation" rows={5} into={text} ltr />
          <button
            type="button"
            class="main"
            disabled={busy}
            onClick={() => void state.readInvitation(text.current?.value ?? "")}
          >
            {words.join.read}
          </button>
        </>
      ) : (
        <>
          <p>{words.join.from}</p>
          <p class="desk">
            <bdi>{invitation.desk.name}</bdi>
          </p>
          <p class="note">{words.join.lastDay(formatDay(invitation.lastDay, words))}</p>
          <p>{words.join.question}</p>
          <button type="button" class="main" disabled={busy} onClick={() => void state.join()}>
            {words.join.yes}
          </button>
          <button
            type="button"
            class="second"
            disabled={busy}
            onClick={() => {
              state.invitation.value = null
            }}
          >
            {words.join.no}
          </button>
        </>
      )}
    </section>
  )
}
