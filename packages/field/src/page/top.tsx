import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"
import { LANGUAGES } from "../words/index.ts"
import { Icon } from "./icon.tsx"
import { Mark } from "./mark.tsx"
import type { State } from "./state.ts"

/** What is always at hand, small: the way back, the language, the lock, the mark that wipes, and more. */
export function Top({ state, onBack }: { readonly state: State; readonly onBack: () => void }): JSX.Element {
  const words = state.words.value
  const other = words.language === "fa" ? "en" : "fa"
  const { page, go, lock, wipe } = state.shell
  const lockState = state.lock.state.value
  const isInside = lockState === "open" && state.standing.value !== null && state.standing.value.desk !== null
  const isSomethingHere = lockState === "open" || lockState === "locked"
  const [isHinted, setHinted] = useState(false)
  useEffect(() => setHinted(false), [page.value, lockState])
  return (
    <header class="top">
      {isInside && page.value !== "home" && (
        <button type="button" class="icon-button first" aria-label={words.shell.top.back} onClick={onBack}>
          <Icon name="back" />
        </button>
      )}
      <button
        type="button"
        class="quiet"
        lang={other}
        dir={LANGUAGES[other].direction}
        onClick={() => void state.chooseLanguage(other)}
      >
        {LANGUAGES[other].name}
      </button>
      {lockState === "open" && (
        <button type="button" class="icon-button" aria-label={words.shell.top.lock} onClick={lock}>
          <Icon name="lock" />
        </button>
      )}
      {isSomethingHere && <Mark name={words.shell.top.mark} onHeld={wipe} onBrief={() => setHinted(true)} />}
      {isInside && page.value !== "more" && (
        <button
          type="button"
          class="icon-button"
          aria-label={words.shell.top.more}
          onClick={() => go("more")}
        >
          <Icon name="more" />
        </button>
      )}
      <output class="hint note">{isHinted && isSomethingHere ? words.shell.top.markHint : ""}</output>
    </header>
  )
}
