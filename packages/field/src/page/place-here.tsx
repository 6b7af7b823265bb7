import type { JSX } from "preact"
import { useState } from "preact/hooks"
import { type Here, type HerePrecision, roundHere } from "../place/index.ts"
import type { Words } from "../words/index.ts"
import { Choice } from "./entry.tsx"
import { loadPlaces, places } from "./gazetteer.ts"
import { Trouble } from "./trouble.tsx"

type Asking = "no" | "warned" | "asking" | "refused" | "unknown" | "absent"

/** After that, a phone indoors will not find out either. */
const MOST_MS = 30_000

/**
 * Where the phone is: asked for only when it is tapped a second time, after what it may give away was said, and rounded
 * before anything else learns of it.
 */
export function PlaceHere(props: {
  readonly words: Words
  readonly onHere: (here: Here) => void
}): JSX.Element {
  const text = props.words.place.here
  const [asking, setAsking] = useState<Asking>("no")
  const [wanted, setWanted] = useState<HerePrecision>("town")

  async function ask(): Promise<void> {
    setAsking("asking")
    const measured = await measure(wanted === "point")
    if (typeof measured === "string") return setAsking(measured)
    await loadPlaces()
    const { latitude: lat, longitude: lon, accuracy } = measured
    props.onHere(roundHere({ lat, lon }, accuracy, wanted, places.value?.list ?? []))
    setAsking("no")
  }

  if (asking === "no") {
    return (
      <button type="button" class="second" onClick={() => setAsking("warned")}>
        {text.open}
      </button>
    )
  }
  return (
    <div class="here">
      {asking !== "warned" && asking !== "asking" && <Trouble text={text.failures[asking]} />}
      <p>{text.warning}</p>
      <p>{text.rounded}</p>
      <fieldset>
        <legend>{text.question}</legend>
        <Choice name="here-precision" choices={text.choices} chosen={wanted} onChoose={setWanted} />
      </fieldset>
      <button type="button" class="second" disabled={asking === "asking"} onClick={() => void ask()}>
        {asking === "asking" ? text.asking : text.ask}
      </button>
      <button type="button" class="quiet" onClick={() => setAsking("no")}>
        {text.cancel}
      </button>
    </div>
  )
}

/** @param exactly - whether satellites are worth their time and power. */
function measure(exactly: boolean): Promise<GeolocationCoordinates | "refused" | "unknown" | "absent"> {
  if (!("geolocation" in navigator)) return Promise.resolve("absent")
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(coords),
      ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? "refused" : "unknown"),
      { enableHighAccuracy: exactly, maximumAge: 0, timeout: MOST_MS },
    )
  })
}
