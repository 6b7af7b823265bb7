import type { JSX } from "preact"
import { render } from "preact"
import { Calculator } from "./calculator.tsx"
import { CalendarTurner } from "./calendar.tsx"
import { coverWords } from "./cover-words.ts"
import type { CoverName } from "./names.ts"
import { Notes } from "./notes.tsx"
import "./cover.css"

const TOOLS = { notes: Notes, calculator: Calculator, calendar: CalendarTurner } as const

/**
 * Puts a small tool into the place, and nothing else. It works, and it is all that there is until somebody who knows the
 * way in takes it.
 *
 * @returns takes it away again.
 */
export function showCover(
  place: HTMLElement,
  name: CoverName,
  language: string,
  onEnter: () => void,
): () => void {
  const words = coverWords(language)
  // One of a few constant names, which the home screen shows as well.
  // oxlint-disable-next-line govah/no-traces
  document.title = words.names[name]
  document.documentElement.lang = words.language
  document.documentElement.dir = words.direction
  const Tool: (props: { readonly words: typeof words; readonly onEnter: () => void }) => JSX.Element =
    TOOLS[name]
  render(
    <main class="cover">
      <Tool words={words} onEnter={onEnter} />
    </main>,
    place,
  )
  return () => render(null, place)
}
