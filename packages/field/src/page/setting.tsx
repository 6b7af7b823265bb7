import type { ComponentChildren, JSX } from "preact"

/** One line of the page, closed until it is wanted. */
export function Setting(props: {
  readonly heading: string
  /** Whether it stands open of itself: something that was said above it is found there. */
  readonly isOpen?: boolean
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <details class="foldout setting" open={props.isOpen === true}>
      <summary>
        <span class="question">{props.heading}</span>
      </summary>
      {props.children}
    </details>
  )
}
