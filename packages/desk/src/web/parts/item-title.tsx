import type { ComponentChildren, JSX } from "preact"
import { useLayoutEffect, useRef } from "preact/hooks"
import { wantsFocus } from "../model/desk.ts"

/** The heading of an item. It takes the focus where the member asked for the item, so that reading begins there. */
export function ItemTitle({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const ref = useRef<HTMLHeadingElement>(null)
  const wanted = wantsFocus.value
  useLayoutEffect(() => {
    if (!wanted) return
    wantsFocus.value = false
    ref.current?.focus()
  }, [wanted])
  return (
    <h1 id="item-title" tabIndex={-1} ref={ref}>
      {children}
    </h1>
  )
}
