import type { JSX } from "preact"
import { undo } from "../model/acts.ts"
import { notice, work } from "../model/status.ts"
import { words } from "../words/words.ts"

/** What just happened, and how far long work is. */
export function Foot(): JSX.Element {
  const { work: says } = words.value
  const running = work.value
  const said = notice.value
  return (
    <footer class="foot">
      <output class={said?.tone === "danger" ? "red" : ""}>
        {running === null ? said?.text : `${running.label} … ${running.detail}`}
      </output>
      {running === null && said === null && <span class="hint">{words.value.keys.short}</span>}
      {running !== null && <progress aria-label={running.label} />}
      {running !== null && (
        <button type="button" onClick={running.cancel}>
          {says.cancel}
        </button>
      )}
      {running === null && said?.canUndo && (
        <button type="button" onClick={() => void undo()}>
          {says.undo} <kbd>u</kbd>
        </button>
      )}
    </footer>
  )
}
