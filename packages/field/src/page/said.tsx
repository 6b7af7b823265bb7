import type { ComponentChildren, JSX } from "preact"

/** One thing that the desk says to everybody: its title, and the rest when it is opened. */
export function Said(props: {
  readonly heading: string
  /** What it is, in a word. */
  readonly kind: string
  readonly onToggle?: (isOpen: boolean) => void
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <details class="foldout said" onToggle={(event) => props.onToggle?.(event.currentTarget.open)}>
      <summary>
        <span class="value">{props.kind}</span> <bdi class="question">{props.heading}</bdi>
      </summary>
      {props.children}
    </details>
  )
}
