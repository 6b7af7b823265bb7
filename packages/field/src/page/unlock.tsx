import type { JSX } from "preact"
import { useRef } from "preact/hooks"
import { Secret } from "./secret.tsx"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

/**
 * Every start but the first: the passphrase, and nothing that says what is behind it. A wrong one may be followed by
 * another at once; what it costs to try is the work of trying, the same for everybody.
 */
export function Unlock({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value
  const text = useRef<HTMLInputElement>(null)
  const failure = state.failure.value
  const busy = state.busy.value !== null
  const open = (): void => void state.unlock(text.current?.value ?? "").then(() => text.current?.focus())
  return (
    <section class="unlock" aria-labelledby="unlock">
      <h1 id="unlock">{words.lock.unlock.heading}</h1>
      {failure !== null && <Trouble text={words.failures[failure]} />}
      <Secret
        state={state}
        id="passphrase"
        label={words.lock.unlock.label}
        into={text}
        onEnter={open}
        takesFocus
      />
      <button type="button" class="main keep" disabled={busy} onClick={open}>
        {busy ? words.lock.unlock.working : words.lock.unlock.open}
      </button>
    </section>
  )
}
