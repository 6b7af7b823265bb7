import type { JSX } from "preact"
import { useState } from "preact/hooks"
import type { Standing } from "../engine/protocol.ts"
import { formatCount } from "./format.ts"
import { Setting } from "./setting.tsx"
import type { State } from "./state.ts"

/** What is known under a witness's words: how many reports have arrived, from whatever phone they came. */
export function WitnessStanding(props: {
  readonly state: State
  readonly standing: Standing
}): JSX.Element | null {
  const { state, standing } = props
  const { witness } = standing
  const words = state.words.value.witness.standing
  if (witness === null || !witness.canComeBack) return null
  const isLooking = state.busy.value === "checking"
  return (
    <section class="kept" aria-labelledby="under-words">
      <h2 id="under-words">{words.heading}</h2>
      {witness.arrived > 0 && <p>{words.arrived(formatCount(witness.arrived, state.words.value))}</p>}
      {witness.arrived === 0 &&
        (standing.heardOn === null ? (
          <p>{words.unasked}</p>
        ) : (
          witness.cameBack && (
            <>
              <p>
                <strong>{words.nothing}</strong>
              </p>
              <p class="note">{words.nothingMay}</p>
            </>
          )
        ))}
      {witness.cameBack && <p class="note">{words.gone}</p>}
      {standing.heardOn === null && (
        <button
          type="button"
          class="second"
          disabled={state.busy.value !== null}
          onClick={() => void state.check()}
        >
          {isLooking ? words.looking : words.look}
        </button>
      )}
    </section>
  )
}

/** Takes the witness off this phone; asked twice, and *no* stands where the first tap was. */
export function Forget({ state }: { readonly state: State }): JSX.Element | null {
  const words = state.words.value.witness.forget
  const [asked, setAsked] = useState(false)
  const busy = state.busy.value !== null
  if (state.standing.value === null || state.standing.value.witness === null) return null
  return (
    <Setting heading={words.heading}>
      <p>{words.what}</p>
      {asked && <p role="alert">{words.sure}</p>}
      <div class="row">
        <button type="button" class="second" disabled={busy} onClick={() => setAsked(!asked)}>
          {asked ? words.no : words.button}
        </button>
        {asked && (
          <button type="button" class="second" disabled={busy} onClick={() => void state.forgetMe()}>
            {words.yes}
          </button>
        )}
      </div>
    </Setting>
  )
}
