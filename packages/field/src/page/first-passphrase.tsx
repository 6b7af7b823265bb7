import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import { Learn } from "./learn.tsx"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

/** The first time: four words are proposed, learnt, and typed once. Until then nothing is written to this phone. */
export function FirstPassphrase({ state }: { readonly state: State }): JSX.Element {
  const { first } = state.words.value.lock
  const failure = state.failure.value
  const heading = useRef<HTMLHeadingElement>(null)
  const [isTyping, setTyping] = useState(false)
  useEffect(() => {
    if (!isTyping) heading.current?.focus()
    scrollTo(0, 0)
  }, [isTyping])
  return (
    <section aria-labelledby="first-passphrase">
      <h1 id="first-passphrase" tabIndex={-1} ref={heading}>
        {isTyping ? first.typeHeading : first.heading}
      </h1>
      {failure !== null && <Trouble text={state.words.value.failures[failure]} />}
      {!isTyping && <p>{first.what}</p>}
      <Learn
        state={state}
        take={first.set}
        onTyped={(text) => void state.setPassphrase(text)}
        onStep={setTyping}
      />
    </section>
  )
}
