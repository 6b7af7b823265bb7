import type { JSX } from "preact"
import { Icon } from "./icon.tsx"
import type { State } from "./state.ts"

/** What is always at hand, small: the way back, the language, and more. */
export function Top({ state, onBack }: { readonly state: State; readonly onBack: () => void }): JSX.Element {
  const words = state.words.value
  const { page, go } = state.shell
  const isInside = state.standing.value !== null && state.standing.value.desk !== null
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
        lang={words.language === "fa" ? "en" : "fa"}
        dir={words.language === "fa" ? "ltr" : "rtl"}
        onClick={state.switchLanguage}
      >
        {words.otherLanguage}
      </button>
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
    </header>
  )
}
