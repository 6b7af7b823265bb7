/** How often, and within how long. */
const TIMES = 3
const WITHIN_MS = 2_000

/**
 * Hears the Escape key pressed three times in two seconds, with nothing else between. A key that is held down counts
 * once, one that ends the writing of a word (as input methods use it) not at all.
 *
 * @returns stops listening.
 */
export function onThreeEscapes(target: EventTarget, act: () => void): () => void {
  let at: number[] = []
  const watched = new AbortController()
  const { signal } = watched
  const forget = (): void => {
    at = []
  }
  target.addEventListener(
    "keydown",
    (event) => {
      const key = event as KeyboardEvent
      if (key.repeat) return
      const isBare = !(key.ctrlKey || key.altKey || key.metaKey || key.shiftKey || key.isComposing)
      if (key.key !== "Escape" || !isBare) return forget()
      at = [...at, key.timeStamp].filter((time) => key.timeStamp - time <= WITHIN_MS)
      if (at.length < TIMES) return
      forget()
      act()
    },
    { signal, capture: true },
  )
  target.addEventListener("pointerdown", forget, { signal, capture: true })
  return () => watched.abort()
}
