import type { JSX } from "preact"
import { useRef } from "preact/hooks"
import type { Words } from "../../words/index.ts"
import { askForFile } from "../entry.tsx"
import type { PageBox } from "./page-box.ts"
import "../trust/trust.css"

/** Always in sight where the page keeps nothing by itself. @param onOpened - what is kept is another now. */
export function BoxBar(props: {
  readonly words: Words
  readonly box: PageBox
  readonly onOpened: () => void
}): JSX.Element {
  const words = props.words.trust.box
  const { box } = props
  const chooser = useRef<HTMLInputElement | null>(null)
  function choose(): void {
    chooser.current = askForFile((file) => void box.open(file).then((opened) => opened && props.onOpened()))
  }
  return (
    <section class="update">
      <p>{box.unsaved.value ? words.unsaved : words.nothing}</p>
      <div class="row">
        <button type="button" class="second" onClick={() => void box.save()} disabled={!box.unsaved.value}>
          {words.save}
        </button>
        {box.isEmpty() && (
          <button type="button" class="second" onClick={choose}>
            {words.open}
          </button>
        )}
      </div>
      <output>{box.failure.value === null || !box.isEmpty() ? "" : words.failed}</output>
    </section>
  )
}
