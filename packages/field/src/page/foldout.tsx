import type { ComponentChildren, JSX } from "preact"
import { useId } from "preact/hooks"

/** One question that may be left out: closed, it shows what holds if it is. */
export function Foldout(props: {
  readonly heading: string
  /** What holds now, in a few words. */
  readonly value: string
  readonly note?: string
  readonly children: ComponentChildren
}): JSX.Element {
  const id = useId()
  return (
    <details class="foldout">
      <summary>
        <span class="question" id={id}>
          {props.heading}
        </span>{" "}
        <span class="value">
          <bdi>{props.value}</bdi>
        </span>
      </summary>
      <fieldset aria-labelledby={id} aria-describedby={props.note === undefined ? undefined : `${id}-note`}>
        {props.children}
        {props.note !== undefined && (
          <p class="note" id={`${id}-note`}>
            {props.note}
          </p>
        )}
      </fieldset>
    </details>
  )
}
