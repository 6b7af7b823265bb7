import type { ComponentChildren, JSX } from "preact"
import { PageHeading } from "./page-heading.tsx"
import type { State } from "./state.ts"

/** Everything that is not for every day: each a line that unfolds. */
export function More({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value.shell.more
  return (
    <section aria-labelledby="more">
      <PageHeading id="more" takesFocus>
        {words.heading}
      </PageHeading>
      <Told heading={words.stays.heading} texts={words.stays.texts} />
      <Told heading={words.about.heading} texts={words.about.texts} />
    </section>
  )
}

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

function Told(props: { readonly heading: string; readonly texts: readonly string[] }): JSX.Element {
  return (
    <Setting heading={props.heading}>
      {props.texts.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </Setting>
  )
}
