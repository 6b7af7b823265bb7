import type { ComponentChildren, JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import { createHold, type Hold } from "../hold.ts"

/** The display is held this long, in tenths of a second. */
const HELD = 20
/** Or the tool's main key is pressed this often with nothing entered, and nothing else between. */
const PRESSES = 5
const STRAY_PX = 24

/** The two quiet ways from the tool into the app; either is taught where the cover is chosen, and shown nowhere. */
export interface WayIn {
  /** The main key was pressed. @param isEmpty - whether nothing was entered, so that it had nothing to do. */
  mainKey(isEmpty: boolean): void
  /** Anything else was done. */
  other(): void
}

export function createWayIn(onEnter: () => void): WayIn {
  let presses = 0
  return {
    mainKey: (isEmpty) => {
      presses = isEmpty ? presses + 1 : 0
      if (presses < PRESSES) return
      presses = 0
      onEnter()
    },
    other: () => {
      presses = 0
    },
  }
}

/** What the tool shows: held for two seconds, it lets in. Nothing is seen of that meanwhile. */
export function Display(props: {
  readonly class: string
  readonly onEnter: () => void
  readonly children: ComponentChildren
}): JSX.Element {
  const kept = useRef<Hold | null>(null)
  const hold = (kept.current ??= createHold(HELD, props.onEnter))
  const start = useRef<PointerEvent | null>(null)
  useEffect(() => () => void hold.release(), [])
  return (
    <div
      class={`display ${props.class}`}
      onPointerDown={(event) => {
        start.current = event
        if (event.isPrimary && event.button === 0) hold.press()
        else hold.release()
      }}
      onPointerMove={(event) => {
        const from = start.current
        if (
          from !== null &&
          Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > STRAY_PX
        )
          hold.release()
      }}
      onPointerUp={() => hold.release()}
      onPointerCancel={() => hold.release()}
      onPointerLeave={() => hold.release()}
      onContextMenu={(event) => event.preventDefault()}
    >
      {props.children}
    </div>
  )
}
