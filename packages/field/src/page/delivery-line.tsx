import type { JSX } from "preact"
import type { DeskShown } from "../engine/protocol.ts"
import type { Words } from "../words/index.ts"
import { deliveryState, placesWanted } from "./delivery-state.ts"
import { formatCount } from "./format.ts"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

/** What the queue does with everything that waits: how far it is, by which road, what a person can do, and what not to do. */
export function DeliveryLine({
  state,
  desk,
}: {
  readonly state: State
  readonly desk: DeskShown
}): JSX.Element {
  const words = state.words.value
  const { queue, pause, resume, nudge, stays } = state.delivery
  const parcels = state.standing.value?.parcels ?? []
  const isSent = deliveryState(parcels, desk) === "sent"
  const now = queue.value?.state ?? "idle"
  const shown = isSent && now !== "sending" && now !== "elsewhere" ? "sent" : now === "idle" ? "waiting" : now
  const failures = queue.value?.state === "waiting" ? queue.value.failures : []
  return (
    <>
      <div class="line">
        <output>
          <strong>{words.queue.state[shown]}</strong> {words.queue.advice[shown]}
        </output>
        <Progress state={state} desk={desk} />
        {[...new Set(desk.relays.map((relay) => relay.road))].map((road) => (
          <p class="note" key={road}>
            {words.delivery.road[road]}
          </p>
        ))}
        {stays.value === false && shown !== "sent" && <p class="note">{words.queue.mayBeCleared}</p>}
      </div>
      {failures[0] !== undefined && <Trouble text={words.failures[failures[0]]} />}
      {shown === "waiting" && (
        <button type="button" class="main" onClick={nudge}>
          {words.delivery.send}
        </button>
      )}
      {shown === "paused" && (
        <button type="button" class="main" onClick={resume}>
          {words.queue.resume}
        </button>
      )}
      {(shown === "sending" || shown === "waiting" || shown === "elsewhere") && (
        <button type="button" class="second" onClick={pause}>
          {words.queue.pause}
        </button>
      )}
    </>
  )
}

/** A piece counts when it is in all the places that are to have it. */
function Progress({ state, desk }: { readonly state: State; readonly desk: DeskShown }): JSX.Element | null {
  const words: Words = state.words.value
  const now = state.delivery.queue.value
  if (now === null || now.state === "idle" || now.delivered.total === 0) return null
  const { acknowledged, total } = now.delivered
  const copies = Math.max(1, placesWanted(desk))
  return (
    <>
      <progress max={total} value={acknowledged} aria-label={words.delivery.heading} />
      <p class="note">
        {words.delivery.progress(
          formatCount(Math.floor(acknowledged / copies), words),
          formatCount(total / copies, words),
        )}
        {copies > 1 && ` · ${words.queue.copies(formatCount(copies, words))}`}
      </p>
    </>
  )
}
