import { type Signal, signal } from "@preact/signals"
import { words } from "../words/words.ts"
import { ClientError } from "./client.ts"

/** The one line at the foot of the page that says what just happened. */
export interface Notice {
  readonly text: string
  readonly tone: "plain" | "danger"
  /** Offers to set the last act back. */
  readonly canUndo: boolean
}

export const notice: Signal<Notice | null> = signal(null)

export function say(text: string, canUndo = false): void {
  notice.value = { text, tone: "plain", canUndo }
}

export function warn(text: string): void {
  notice.value = { text, tone: "danger", canUndo: false }
}

/** What a failure means for whoever reads: what is safe, what to do. */
export function sayFailure(error: unknown): void {
  const { errors } = words.value
  if (error instanceof DOMException && error.name === "AbortError") return
  const code = error instanceof ClientError ? error.code : "other"
  warn(errors[code] ?? (errors["other"] as string))
}

/** Long work that runs now. */
export interface Work {
  readonly label: string
  readonly detail: string
  readonly cancel: () => void
}

export const work: Signal<Work | null> = signal(null)

/**
 * Runs long work that can be stopped, and shows how far it is. One at a time: a second is not begun.
 *
 * @param run - says how far it is through `detail`; rejects with an AbortError when stopped.
 */
export async function runWork(
  label: string,
  run: (signal: AbortSignal, detail: (text: string) => void) => Promise<void>,
): Promise<void> {
  if (work.value !== null) return warn(words.value.errors["busy"] as string)
  const abort = new AbortController()
  const cancel = (): void => abort.abort()
  work.value = { label, detail: "", cancel }
  notice.value = null
  try {
    await run(abort.signal, (detail) => (work.value = { label, detail, cancel }))
  } catch (error) {
    if (abort.signal.aborted) say(words.value.work.cancelled)
    else sayFailure(error)
  } finally {
    work.value = null
  }
}
