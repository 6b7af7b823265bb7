import type { JSX } from "preact"

/** Something went wrong: what is safe, what is lost, what to do. Read aloud as it appears. */
export function Trouble({ text }: { readonly text: string }): JSX.Element {
  return (
    <p class="trouble" role="alert">
      {text}
    </p>
  )
}
