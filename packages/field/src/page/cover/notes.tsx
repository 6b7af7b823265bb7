import type { JSX } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"
import { readClear, writeClear } from "../clear-folder.ts"
import { Line } from "../entry.tsx"
import type { CoverWords } from "./cover-words.ts"
import { NOTES_FILE } from "./names.ts"
import { createWayIn, Display, type WayIn } from "./way-in.tsx"

/** In characters, and in notes. */
const LONGEST = 80
const MOST = 200

interface Note {
  readonly text: string
  readonly isDone: boolean
}

/** Short notes to tick off: a shopping list. They lie on the phone in the clear, as any such program's do. */
export function Notes(props: { readonly words: CoverWords; readonly onEnter: () => void }): JSX.Element {
  const words = props.words.notes
  const [notes, setNotes] = useState<readonly Note[]>([])
  const entry = useRef<HTMLInputElement>(null)
  const kept = useRef<WayIn | null>(null)
  const wayIn = (kept.current ??= createWayIn(props.onEnter))
  useEffect(() => {
    void readClear(NOTES_FILE).then((found) => setNotes(notesOf(found)))
  }, [])

  function keep(next: readonly Note[]): void {
    setNotes(next)
    void writeClear(NOTES_FILE, next)
  }
  function add(): void {
    const input = entry.current
    const text = input?.value.trim().slice(0, LONGEST) ?? ""
    wayIn.mainKey(text === "")
    if (text === "" || input === null) return
    input.value = ""
    keep([{ text, isDone: false }, ...notes].slice(0, MOST))
    input.focus()
  }

  return (
    <div class="notes">
      <Display class="title" onEnter={props.onEnter}>
        <h1>{props.words.names.notes}</h1>
      </Display>
      <label class="field" for="note">
        {words.label}
      </label>
      <div class="row entry">
        <Line id="note" into={entry} onInput={() => wayIn.other()} onEnter={add} />
        <button type="button" class="main" onClick={add}>
          {words.add}
        </button>
      </div>
      {notes.length === 0 && <p class="note">{words.none}</p>}
      <ul>
        {notes.map((note, i) => (
          <li key={`${i} ${note.text}`}>
            <label class="choice">
              <input
                type="checkbox"
                autocomplete="off"
                checked={note.isDone}
                onChange={() =>
                  keep(notes.map((one, j) => (i === j ? { ...one, isDone: !one.isDone } : one)))
                }
              />
              <bdi>{note.text}</bdi>
            </label>
            <button
              type="button"
              class="icon-button"
              aria-label={words.remove(note.text)}
              onClick={() => keep(notes.filter((_, j) => i !== j))}
            >
              <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function notesOf(found: unknown): readonly Note[] {
  if (!Array.isArray(found)) return []
  return found.slice(0, MOST).flatMap((one: unknown) => {
    const { text, isDone } = (one ?? {}) as { text?: unknown; isDone?: unknown }
    return typeof text === "string" ? [{ text: text.slice(0, LONGEST), isDone: isDone === true }] : []
  })
}
