import type { JSX } from "preact"
import type { Standing } from "../engine/protocol.ts"
import { DeliveryLine } from "./delivery-line.tsx"
import { parcelState, placesWanted, wholeIn } from "./delivery-state.ts"
import { FaceLine } from "./face.tsx"
import { formatCells, formatCount, formatDay } from "./format.ts"
import { later } from "./later.tsx"
import { Setting } from "./setting.tsx"
import type { State } from "./state.ts"
import { Trouble } from "./trouble.tsx"

// Fetched with the first look at home, not when the fold is opened: it is wanted where there is no network.
const Carry = later(async () => (await import("./carry.tsx")).Carry)

/** What waits and what has arrived: number, size class, day and state. Of the contents there is nothing to show. */
export function Kept({
  state,
  standing,
}: {
  readonly state: State
  readonly standing: Standing
}): JSX.Element {
  const words = state.words.value
  const busy = state.busy.value
  // While a report is followed, its line stands there.
  const waits = standing.parcels.some((parcel) => parcel.state === "kept")
  const isShown = !state.following.value && waits
  const checked = state.checked.value
  const failure = state.failure.value
  const isShort = state.delivery.room.isShort.value
  return (
    <section class="kept" aria-labelledby="kept">
      <h2 id="kept">{words.kept.heading}</h2>
      {standing.parcels.length === 0 ? (
        <p class="note">{words.kept.none}</p>
      ) : (
        <ul>
          {standing.parcels.map((parcel) => (
            <li key={parcel.id} class={`parcel ${parcelState(parcel)}`}>
              <strong>{words.kept.state[parcelState(parcel)]}</strong>
              {parcel.face !== null && <FaceLine face={parcel.face} words={words} />}
              {parcel.state !== "damaged" && (
                <span class="note">
                  {/* Its face says when. */}
                  {parcel.face === null && `${words.kept.keptOn(formatDay(parcel.keptOn, words))} · `}
                  {words.kept.size(formatCells(parcel.cells, words))}
                  {parcelState(parcel) === "relays" &&
                    ` · ${words.kept.wholeIn(
                      formatCount(wholeIn(parcel, standing.desk), words),
                      formatCount(placesWanted(standing.desk), words),
                    )}`}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {isShown && standing.desk !== null && <DeliveryLine state={state} desk={standing.desk} />}
      <div class="row">
        <button type="button" class="second" disabled={busy !== null} onClick={() => void state.check()}>
          {busy === "checking" ? words.kept.checking : words.kept.check}
        </button>
      </div>
      <output>
        {checked === null
          ? ""
          : checked === 0
            ? words.kept.checkedNothing
            : words.kept.checkedNew(formatCount(checked, words))}
      </output>
      {failure !== null && <Trouble text={words.failures[failure]} />}
      {isShort && (
        <p class="trouble" role="alert">
          {waits ? words.queue.roomShort : words.queue.roomShortEmpty}
        </p>
      )}
      <Setting heading={words.carry.heading} isOpen={isShort}>
        <Carry state={state} waits={waits} />
      </Setting>
    </section>
  )
}
