import type { JSX } from "preact"
import type { Words } from "../words/index.ts"

/** What could identify the sender, said before anything is sealed; only what applies. */
export function Identify(props: {
  readonly words: Words
  readonly photo: boolean
  readonly fromGallery: boolean
}): JSX.Element {
  const { identify } = props.words
  return (
    <section class="identify" aria-labelledby="identify">
      <h2 id="identify">{identify.heading}</h2>
      <ul>
        <li>{identify.words}</li>
        {props.photo && <li>{identify.photo}</li>}
        {props.photo && <li>{identify.metadata}</li>}
        {props.fromGallery && <li>{identify.gallery}</li>}
        <li>{identify.pseudonym}</li>
      </ul>
    </section>
  )
}
