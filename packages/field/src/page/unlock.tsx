import type { JSX } from "preact"
import { useRef } from "preact/hooks"
import { Line } from "./entry.tsx"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

/** Every start but the first: the passphrase, and nothing that says what is behind it. */
export function Unlock({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value
  const text = useRef<HTMLInputElement>(null)
  const failure = state.failure.value
  const busy = state.busy.value !== null
  const open = (): void => void state.unlock(text.current?.value ?? "")
  return (
    <section aria-labelledby="unlock">
      <h1 id="unlock">{words.lock.unlock.heading}</h1>
      {failure !== null && <Trouble text={words.failures[failure]} />}
      <label class="field" for="passphrase">
        {words.lock.unlock.label}
      </label>
      <Line id="passphrase" into={text} onEnter={open} />
      <button type="button" class="main" disabled={busy} onClick={open}>
        {busy ? words.lock.unlock.working : words.lock.unlock.open}
      </button>
    </section>
  )
}
