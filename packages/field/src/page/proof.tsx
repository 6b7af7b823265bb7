import type { JSX } from "preact"
import { useState } from "preact/hooks"
import type { State } from "./state.ts"

/** The desk's word was refused: what that can mean, and what to do with the proof. It stays until a person puts it away. */
export function Proof({ state }: { readonly state: State }): JSX.Element {
  const words = state.words.value.heard
  const [isSaved, setSaved] = useState(false)
  const busy = state.busy.value !== null
  return (
    <div class="trouble" role="alert">
      <strong>{words.refused}</strong>
      <p>{words.refusedWhat}</p>
      <div class="row">
        <button
          type="button"
          class="second"
          disabled={busy}
          onClick={() => void state.hearing.saveProof().then(setSaved)}
        >
          {words.saveProof}
        </button>
        {isSaved && (
          <button
            type="button"
            class="second"
            disabled={busy}
            onClick={() => void state.hearing.putAway({ kind: "drop-proof" })}
          >
            {words.dropProof}
          </button>
        )}
      </div>
      {isSaved && <p>{words.proofSaved}</p>}
    </div>
  )
}
