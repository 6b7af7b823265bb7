import type { JSX } from "preact"
import { useRef, useState } from "preact/hooks"
import { number, words } from "../words/words.ts"

/** A rectangle over a picture, in parts of its width and height, 0 to 1, from its top left corner. */
export interface Cover {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * A picture on which parts can be covered: by dragging over it, or with the button and the keyboard.
 *
 * What is covered here is painted over in the copy's pixels; nothing below it is published.
 */
export function Covers(props: {
  readonly url: string
  readonly alt: string
  readonly covers: readonly Cover[]
  readonly change: (covers: readonly Cover[]) => void
  readonly failed: () => void
}): JSX.Element {
  const { picture } = words.value
  const frame = useRef<HTMLDivElement>(null)
  const [drawn, setDrawn] = useState<Cover | null>(null)
  const from = useRef<{ x: number; y: number } | null>(null)
  const { covers, change } = props

  function at(event: PointerEvent): { x: number; y: number } {
    const box = (frame.current as HTMLElement).getBoundingClientRect()
    return { x: part((event.clientX - box.x) / box.width), y: part((event.clientY - box.y) / box.height) }
  }
  function place(index: number, cover: Cover | null): void {
    change(
      cover === null ? covers.filter((_, i) => i !== index) : covers.map((c, i) => (i === index ? cover : c)),
    )
  }
  return (
    <>
      <p class="hint">{picture.covers}</p>
      <div
        ref={frame}
        class="covers"
        onPointerDown={(event) => {
          if (event.target instanceof HTMLButtonElement) return
          event.preventDefault()
          event.currentTarget.setPointerCapture(event.pointerId)
          from.current = at(event)
        }}
        onPointerMove={(event) => {
          if (from.current !== null) setDrawn(between(from.current, at(event)))
        }}
        onPointerUp={() => {
          if (drawn !== null && drawn.width > 0.005 && drawn.height > 0.005) change([...covers, drawn])
          from.current = null
          setDrawn(null)
        }}
      >
        <img src={props.url} alt={props.alt} draggable={false} onError={props.failed} />
        {covers.map((cover, i) => (
          <button
            type="button"
            class="cover"
            key={i}
            aria-label={picture.coverLabel(number(i + 1))}
            ref={(element) => shape(element, cover)}
            onKeyDown={(event) => {
              const next = moved(cover, event.key, event.shiftKey)
              if (next === undefined) return
              event.preventDefault()
              place(i, next)
            }}
          />
        ))}
        {drawn !== null && <span class="cover" ref={(element) => shape(element, drawn)} />}
      </div>
      <p class="buttons start">
        <button
          type="button"
          onClick={() => change([...covers, { x: 0.4, y: 0.4, width: 0.2, height: 0.2 }])}
        >
          {picture.cover}
        </button>
        {covers.map((_, i) => (
          <button type="button" class="quiet" key={i} onClick={() => place(i, null)}>
            {picture.removeCover(number(i + 1))}
          </button>
        ))}
      </p>
    </>
  )
}

// Through the object model: the content policy allows no style written into markup. Pictures do not turn with the language,
// so this is left and top.
function shape(element: HTMLElement | null, cover: Cover): void {
  if (element === null) return
  element.style.left = `${cover.x * 100}%`
  element.style.top = `${cover.y * 100}%`
  element.style.width = `${cover.width * 100}%`
  element.style.height = `${cover.height * 100}%`
}

function part(value: number): number {
  return Math.min(1, Math.max(0, value))
}

function between(a: { x: number; y: number }, b: { x: number; y: number }): Cover {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  }
}

// Undefined: not a key for covers. Null: remove it.
function moved(cover: Cover, key: string, resize: boolean): Cover | null | undefined {
  if (key === "Delete" || key === "Backspace") return null
  const step = 0.02
  const dx = key === "ArrowLeft" ? -step : key === "ArrowRight" ? step : 0
  const dy = key === "ArrowUp" ? -step : key === "ArrowDown" ? step : 0
  if (dx === 0 && dy === 0) return undefined
  if (!resize)
    return {
      ...cover,
      x: Math.min(1 - cover.width, Math.max(0, cover.x + dx)),
      y: Math.min(1 - cover.height, Math.max(0, cover.y + dy)),
    }
  return {
    ...cover,
    width: Math.min(1 - cover.x, Math.max(step, cover.width + dx)),
    height: Math.min(1 - cover.y, Math.max(step, cover.height + dy)),
  }
}
