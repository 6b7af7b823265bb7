import { render } from "preact"
import { App } from "./app.tsx"
import { hasToken, takeToken } from "./model/client.ts"
import { locked, nowMs, refresh } from "./model/desk.ts"
import { dirty } from "./model/editing.ts"
import { sayFailure } from "./model/status.ts"
import { onKey } from "./parts/keyboard.ts"
import { language } from "./words/words.ts"
import "./styles/tokens.css"
import "./styles/controls.css"
import "./styles/panes.css"
import "./styles/list.css"
import "./styles/narrow.css"
import "./styles/item.css"
import "./styles/forms.css"
import "./styles/publication.css"

function begin(): void {
  const asked = takeToken()
  if (asked.language === "en" || asked.language === "fa") language.value = asked.language
  locked.value = !hasToken()
  if (hasToken()) refresh().catch(sayFailure)
}

begin()
// The same address opened again in a page that is already there.
addEventListener("hashchange", begin)
addEventListener("keydown", onKey)
addEventListener("beforeunload", (event) => {
  if (dirty.value) event.preventDefault()
})
setInterval(() => {
  nowMs.value = Date.now()
}, 60_000)
render(<App />, document.getElementById("app") as HTMLElement)
