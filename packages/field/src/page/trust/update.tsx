import { useSignal } from "@preact/signals"
import type { JSX } from "preact"
import type { Words } from "../../words/index.ts"
import type { Program } from "./program.ts"
import "./trust.css"

/** Says that a checked update is here; it changes nothing by itself. */
export function Update({
  words,
  program,
}: {
  readonly words: Words
  readonly program: Program
}): JSX.Element | null {
  const put = useSignal(false)
  const ready = program.shown.value?.ready ?? null
  if (program.taken.value) return <output class="update">{words.trust.update.taken}</output>
  if (ready === null || put.value) return null
  return (
    <section class="update">
      <p>
        {words.trust.update.ready(new Intl.NumberFormat(words.locale, { useGrouping: false }).format(ready))}
      </p>
      <div class="row">
        <button
          type="button"
          class="second"
          disabled={program.looking.value}
          onClick={() => void program.take()}
        >
          {words.trust.update.take}
        </button>
        <button type="button" class="quiet" onClick={() => (put.value = true)}>
          {words.trust.update.later}
        </button>
      </div>
    </section>
  )
}
