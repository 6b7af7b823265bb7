import type { JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import { createHold, type Hold, SECOND_STEPS } from "./hold.ts"

/** How far a finger may stray, in CSS pixels, and still hold. */
const STRAY_PX = 24

/**
 * The mark that wipes everything when it is held for a second. While it is held a ring fills; letting go, straying off,
 * a second finger or leaving the page undo it. There is no question afterwards: whoever needs this has no second for it.
 */
export function Mark(props: {
  readonly name: string
  readonly onHeld: () => void
  /** It was pressed, and let go too early: a person may want to know what it is for. */
  readonly onBrief: () => void
}): JSX.Element {
  const held = useRef(props.onHeld)
  held.current = props.onHeld
  const kept = useRef<Hold | null>(null)
  const hold = (kept.current ??= createHold(SECOND_STEPS, () => held.current()))
  const start = useRef<{ readonly id: number; readonly x: number; readonly y: number } | null>(null)
  const spoken = useRef(false)

  function undo(): void {
    start.current = null
    if (hold.release()) {
      spoken.current = true
      props.onBrief()
    }
  }
  useEffect(() => {
    const watched = new AbortController()
    const { signal } = watched
    const another = (event: PointerEvent): void => {
      if (start.current !== null && event.pointerId !== start.current.id) undo()
    }
    addEventListener("pointerdown", another, { signal, capture: true })
    addEventListener("blur", undo, { signal })
    document.addEventListener("visibilitychange", undo, { signal })
    return () => {
      watched.abort()
      hold.release()
    }
  }, [])

  return (
    <button
      type="button"
      class="icon-button mark"
      aria-label={props.name}
      onPointerDown={(event) => {
        spoken.current = false
        if (!event.isPrimary || event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { id: event.pointerId, x: event.clientX, y: event.clientY }
        hold.press()
      }}
      onPointerMove={(event) => {
        const from = start.current
        if (from === null || event.pointerId !== from.id) return
        if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > STRAY_PX) undo()
      }}
      onPointerUp={undo}
      onPointerCancel={undo}
      onLostPointerCapture={undo}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return
        event.preventDefault()
        if (!event.repeat) hold.press()
      }}
      onKeyUp={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return
        event.preventDefault()
        undo()
      }}
      onBlur={undo}
      onContextMenu={(event) => event.preventDefault()}
      // Assistive technology presses without fingers and without keys: it is told that there are other ways.
      onClick={() => {
        if (!spoken.current) props.onBrief()
        spoken.current = false
      }}
    >
      <Ring hold={hold} />
    </button>
  )
}

function Ring({ hold }: { readonly hold: Hold }): JSX.Element {
  const steps = hold.steps.value
  return (
    <svg class="ring" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle class="whole" cx="16" cy="16" r="14" />
      <circle
        class="held"
        cx="16"
        cy="16"
        r="14"
        pathLength={SECOND_STEPS}
        stroke-dasharray={`${steps} ${SECOND_STEPS}`}
      />
      {/* A bin: a ring with a dot would ask to be held, as what records does. */}
      <path d="M10.5 11.5h11M14 11.5v-1.5h4v1.5M12 11.5l.7 10.5h6.6l.7-10.5" />
    </svg>
  )
}
