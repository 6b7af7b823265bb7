import { type Signal, signal } from "@preact/signals"
import type { Engine } from "./engine.ts"

/** What was typed and not kept: saved by itself, sealed, and offered again after the next start. */
export interface Draft {
  /** What the last start left, until it is taken up or thrown away; null where there is nothing. */
  readonly left: Signal<string | null>
  /** Asks for it; where it cannot be read there is none. */
  readonly ask: () => Promise<void>
  /** Saves what stands in the field now, a moment after the last letter. */
  readonly typed: (text: string) => void
  /** Erases it, also where it was never saved. */
  readonly discard: () => void
  /** What is left from before a lock belongs to nobody who looks now. */
  readonly forget: () => void
}

const PAUSE_MS = 700

export function createDraft(engine: Engine): Draft {
  const left = signal<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = (text: string | null): void =>
    void engine.ask({ kind: "write-draft", text }).catch(() => undefined)
  const forget = (): void => {
    clearTimeout(timer)
    left.value = null
  }
  return {
    left,
    forget,
    ask: async () => {
      left.value = await engine.ask({ kind: "read-draft" }).catch(() => null)
    },
    typed: (text) => {
      clearTimeout(timer)
      timer = setTimeout(() => write(text === "" ? null : text), PAUSE_MS)
    },
    discard: () => {
      forget()
      write(null)
    },
  }
}
