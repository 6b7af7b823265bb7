import type { JSX } from "preact"
import { useState } from "preact/hooks"
import type { Words } from "../words/index.ts"

/** Takes something out of the report; asks once more where it would be gone for good. */
export function Removal(props: {
  readonly words: Words
  readonly label: string
  /** What the second button says; null where one tap is enough. */
  readonly sure: string | null
  readonly onRemove: () => void | Promise<void>
}): JSX.Element {
  const [isAsked, setAsked] = useState(false)
  const { label, sure, onRemove } = props
  if (!isAsked) {
    return (
      <button type="button" class="quiet" onClick={() => (sure === null ? void onRemove() : setAsked(true))}>
        {label}
      </button>
    )
  }
  return (
    <div class="row">
      <button type="button" class="second danger" onClick={() => void onRemove()}>
        {sure}
      </button>
      <button type="button" class="second" onClick={() => setAsked(false)}>
        {props.words.media.removeNo}
      </button>
    </div>
  )
}
