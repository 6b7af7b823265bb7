import type { JSX } from "preact"
import { type Language, LANGUAGES } from "../words/index.ts"
import { Setting } from "./setting.tsx"
import type { State } from "./state.ts"

/** All languages, each named in itself. */
export function LanguageSetting({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value
  const codes = Object.keys(LANGUAGES) as Language[]
  return (
    <Setting heading={words.shell.more.language}>
      <fieldset aria-label={words.shell.more.language}>
        <div class="choices">
          {codes.map((code) => (
            <label class="choice" key={code} lang={code} dir={LANGUAGES[code].direction}>
              <input
                type="radio"
                name="language"
                autocomplete="off"
                checked={words.language === code}
                onChange={() => void state.chooseLanguage(code)}
              />
              <span>{LANGUAGES[code].name}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </Setting>
  )
}
