import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import { Secret } from "./secret.tsx"
import type { State } from "./state.ts"

/**
 * A proposed passphrase: shown as numbered words, drawn again as often as one likes, learnt, and typed once from memory,
 * with a look back where it does not come. It is never one's own: only so is its strength certain.
 */
export function Learn(props: {
  readonly state: State
  /** Of the button that takes it. */
  readonly take: string
  readonly onTyped: (text: string) => void
  readonly onStep?: (isTyping: boolean) => void
}): JSX.Element {
  const { state } = props
  const { first } = state.words.value.lock
  const { language } = state.words.value
  const [isTyping, setTyping] = useState(false)
  const text = useRef<HTMLInputElement>(null)
  const busy = state.busy.value !== null
  const proposed = state.lock.proposed.value
  useEffect(() => {
    void state.propose()
  }, [language])
  function step(typing: boolean): void {
    if (typing) state.failure.value = null
    setTyping(typing)
    props.onStep?.(typing)
  }
  const take = (): void => props.onTyped(text.current?.value ?? "")
  if (isTyping) {
    return (
      <>
        <Secret state={state} id="four-words" label={first.label} into={text} onEnter={take} takesFocus />
        <button type="button" class="main" disabled={busy} onClick={take}>
          {busy ? state.words.value.lock.unlock.working : props.take}
        </button>
        <button type="button" class="second" disabled={busy} onClick={() => step(false)}>
          {first.again}
        </button>
      </>
    )
  }
  return (
    <>
      <ol class="passphrase">
        {(proposed ?? "").split(" ").map((word, place) => (
          // Words may come twice: the place is what tells them apart.
          <li key={place}>{word}</li>
        ))}
      </ol>
      <p>{first.hint}</p>
      <p class="note">{first.care}</p>
      <button type="button" class="main" disabled={busy || proposed === null} onClick={() => step(true)}>
        {first.learnt}
      </button>
      <button type="button" class="second" disabled={busy} onClick={() => void state.propose()}>
        {first.another}
      </button>
    </>
  )
}
