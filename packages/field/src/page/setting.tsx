import type { ComponentChildren, JSX } from "preact"

/** One line of the page, closed until it is wanted. */
export function Setting(props: {
  readonly heading: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <details class="foldout setting">
      <summary>
        <span class="question">{props.heading}</span>
      </summary>
      {props.children}
    </details>
  )
}
