import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import { Line } from "./entry.tsx"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

/** The first time: four words are proposed, learnt, and typed once. Until then nothing is written to this phone. */
export function FirstPassphrase({ state }: { readonly state: State }): JSX.Element {
  const { first } = state.words.value.lock
  const { language } = state.words.value
  const [isTyping, setTyping] = useState(false)
  const text = useRef<HTMLInputElement>(null)
  const failure = state.failure.value
  const busy = state.busy.value !== null
  const proposed = state.lock.proposed.value
  useEffect(() => {
    void state.propose()
  }, [language])
  const set = (): void => void state.setPassphrase(text.current?.value ?? "")
  return (
    <section aria-labelledby="first-passphrase">
      <h1 id="first-passphrase">{isTyping ? first.typeHeading : first.heading}</h1>
      {failure !== null && <Trouble text={state.words.value.failures[failure]} />}
      {isTyping ? (
        <>
          <label class="field" for="passphrase">
            {first.label}
          </label>
          <Line id="passphrase" into={text} onEnter={set} />
          <button type="button" class="main" disabled={busy} onClick={set}>
            {first.set}
          </button>
          <button type="button" class="second" disabled={busy} onClick={() => setTyping(false)}>
            {first.again}
          </button>
        </>
      ) : (
        <>
          <p>{first.what}</p>
          <ol class="passphrase">
            {(proposed ?? "").split(" ").map((word, place) => (
              // Words may come twice: the place is what tells them apart.
              <li key={place}>{word}</li>
            ))}
          </ol>
          <p class="note">{first.care}</p>
          <button
            type="button"
            class="main"
            disabled={busy || proposed === null}
            onClick={() => setTyping(true)}
          >
            {first.learnt}
          </button>
          <button type="button" class="second" disabled={busy} onClick={() => void state.propose()}>
            {first.another}
          </button>
        </>
      )}
    </section>
  )
}
