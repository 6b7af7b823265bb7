import type { ComponentChildren, JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"

/**
 * The heading of a page. It takes the focus when the page comes, so that who hears the page is told where they are and
 * who uses a keyboard goes on from the top; it is no stop on the way of the Tab key.
 */
export function PageHeading(props: {
  readonly id: string
  /** False where the page is the first thing that stands there: focus is then the reader's own. */
  readonly takesFocus: boolean
  readonly children: ComponentChildren
}): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!props.takesFocus) return
    heading.current?.focus({ preventScroll: true })
    scrollTo(0, 0)
  }, [props.takesFocus])
  return (
    <h1 id={props.id} tabIndex={-1} ref={heading}>
      {props.children}
    </h1>
  )
}
