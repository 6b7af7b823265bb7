import type { JSX } from "preact"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

/** The lock cannot be read: nothing behind it will ever open. */
export function Damaged({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value
  const failure = state.failure.value
  return (
    <section aria-labelledby="damaged">
      <h1 id="damaged">{words.lock.damaged.heading}</h1>
      {failure !== null && <Trouble text={words.failures[failure]} />}
      <p>{words.lock.damaged.what}</p>
      <button
        type="button"
        class="main"
        disabled={state.busy.value !== null}
        onClick={() => void state.wipe()}
      >
        {words.lock.damaged.wipe}
      </button>
    </section>
  )
}
