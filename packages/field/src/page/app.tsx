import type { JSX } from "preact"
import { FromDesk } from "./from-desk.tsx"
import { Join } from "./join.tsx"
import { Kept } from "./kept.tsx"
import { News } from "./news.tsx"
import { Record } from "./record.tsx"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

/** The one screen. */
export function App({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value
  const standing = state.standing.value
  const failure = state.failure.value
  return (
    <>
      <header class="top">
        <button
          type="button"
          class="quiet"
          lang={words.language === "fa" ? "en" : "fa"}
          dir={words.language === "fa" ? "ltr" : "rtl"}
          onClick={state.switchLanguage}
        >
          {words.otherLanguage}
        </button>
      </header>
      <main>
        {standing === null && failure === null && <output>{words.opening}</output>}
        {standing === null && failure !== null && <Trouble text={words.failures[failure]} />}
        {standing !== null && standing.desk === null && <Join state={state} />}
        {standing !== null && standing.desk !== null && (
          <>
            <FromDesk state={state} standing={standing} />
            <Record state={state} desk={standing.desk} />
            <Kept state={state} standing={standing} />
            <News words={words} standing={standing} />
          </>
        )}
      </main>
    </>
  )
}
