import { type Signal, signal } from "@preact/signals"
import type { SavedDraft } from "../draft/index.ts"
import type { Engine } from "./engine.ts"

/** What was answered and not kept: saved by itself, sealed, and offered again after the next start. */
export interface Draft {
  /** What the last start left, until it is taken up or thrown away; null where there is nothing. */
  readonly left: Signal<SavedDraft | null>
  /** Asks for it; where it cannot be read there is none. */
  readonly ask: () => Promise<void>
  /** Saves what stands in the fields, a moment after the last change. @param read - null where they are empty. */
  readonly changed: (read: () => SavedDraft | null) => void
  /** Saves nothing more of what changed until now. */
  readonly stop: () => void
  /** Erases it, also where it was never saved. */
  readonly discard: () => void
  /** What is left from before a lock belongs to nobody who looks now. */
  readonly forget: () => void
}

const PAUSE_MS = 700

export function createDraft(engine: Engine): Draft {
  const left = signal<SavedDraft | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  // A page that was only looked at, or drawn anew, writes nothing.
  let saved = "null"
  const write = (draft: SavedDraft | null): void => {
    saved = JSON.stringify(draft)
    engine.ask({ kind: "write-draft", draft }).catch(() => {
      // Unknown what lies there: the next change is written whatever it is.
      saved = ""
    })
  }
  let waiting: (() => void) | null = null
  const stop = (): void => {
    clearTimeout(timer)
    waiting = null
  }
  // Whoever leaves may not come back: what waits for its moment is saved at once.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") waiting?.()
  })
  const forget = (): void => {
    stop()
    left.value = null
    saved = "null"
  }
  return {
    left,
    stop,
    forget,
    ask: async () => {
      left.value = await engine.ask({ kind: "read-draft" }).catch(() => null)
      saved = JSON.stringify(left.value)
    },
    changed: (read) => {
      stop()
      const save = (): void => {
        stop()
        const draft = read()
        if (JSON.stringify(draft) !== saved) write(draft)
      }
      waiting = save
      timer = setTimeout(save, PAUSE_MS)
    },
    discard: () => {
      forget()
      write(null)
    },
  }
}
