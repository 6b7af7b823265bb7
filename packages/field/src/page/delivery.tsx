import type { JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import type { DeskShown } from "../engine/protocol.ts"
import { formatCount } from "./format.ts"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"
import { deliveryState } from "./delivery-state.ts"

/** After *keep*: that it is kept, how far it has come, and whether the page may be closed. */
export function Delivery({ state, desk }: { readonly state: State; readonly desk: DeskShown }): JSX.Element {
  const words = state.words.value
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const sending = state.busy.value === "sending"
  const progress = state.progress.value
  const left = deliveryState(state.standing.value?.parcels ?? [], desk) !== "sent"
  return (
    <section class="delivery" aria-labelledby="kept-done">
      <h1 id="kept-done" tabIndex={-1} ref={heading}>
        {words.keep.done}
      </h1>
      <div class="line">
        <output>
          <strong>
            {sending ? words.delivery.sending : left ? words.delivery.waiting : words.delivery.sent}
          </strong>{" "}
          {sending ? words.delivery.stayOpen : left ? words.delivery.doNotClear : words.delivery.mayClose}
        </output>
        {progress !== null && (
          <>
            <progress
              max={Math.max(1, progress.total)}
              value={progress.acknowledged}
              aria-label={words.delivery.heading}
            />
            <p class="note">
              {words.delivery.progress(
                formatCount(progress.acknowledged, words),
                formatCount(progress.total, words),
              )}
            </p>
          </>
        )}
        {[...new Set(desk.relays.map((relay) => relay.road))].map((road) => (
          <p class="note" key={road}>
            {words.delivery.road[road]}
          </p>
        ))}
      </div>
      {state.failure.value !== null && <Trouble text={words.failures[state.failure.value]} />}
      {!sending && left && (
        <button
          type="button"
          class="main"
          disabled={state.busy.value !== null}
          onClick={() => void state.send()}
        >
          {words.delivery.send}
        </button>
      )}
      <button
        type="button"
        class="second"
        disabled={sending}
        onClick={() => {
          state.failure.value = null
          state.following.value = false
        }}
      >
        {words.keep.another}
      </button>
    </section>
  )
}
