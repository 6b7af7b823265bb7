import type { JSX } from "preact"
import { useEffect } from "preact/hooks"
import { findPlaces, type GazetteerPlace, placesNamed } from "../place/index.ts"
import type { Words } from "../words/index.ts"
import { formatCount } from "./format.ts"
import { loadPlaces, places } from "./gazetteer.ts"
import { nameOf, regionOf } from "./place-state.ts"

/** What fits on a small phone between the field and its keyboard's edge. */
const SHOWN = 6
/** Namesakes are all shown: a person must find theirs. */
const MOST_NAMESAKES = 30

/** The places that fit what was typed so far. Where several have this very name, the person is asked which. */
export function PlaceFound(props: {
  readonly words: Words
  readonly typed: string
  readonly onChoose: (place: GazetteerPlace) => void
}): JSX.Element | null {
  const { words, typed } = props
  const text = words.place
  useEffect(() => void loadPlaces(), [])
  const known = places.value
  if (typed.trim() === "") return null
  if (known === null) return <output class="note">{text.loading}</output>
  const namesakes = placesNamed(known.index, typed).slice(0, MOST_NAMESAKES)
  const others = findPlaces(known.index, typed, SHOWN).filter(({ place }) => !namesakes.includes(place))
  const found = namesakes.length > 1 ? namesakes : [...namesakes, ...others.map(({ place }) => place)]
  return (
    <>
      <output class="note">
        {found.length === 0
          ? text.unknown
          : namesakes.length > 1
            ? text.which(typed.trim())
            : text.found(formatCount(found.length, words))}
      </output>
      <ul class="found">
        {found.map((place) => (
          <li key={place.id}>
            <button type="button" class="quiet" onClick={() => props.onChoose(place)}>
              <OfPlace place={place} words={words} fits={others.find((one) => one.place === place)?.name} />
            </button>
          </li>
        ))}
      </ul>
      {found.length > 0 &&
        known.sources.map((source) => (
          <p class="note source" key={source.attribution}>
            {text.source(source.attribution, source.licence)}
          </p>
        ))}
    </>
  )
}

function OfPlace(props: {
  readonly place: GazetteerPlace
  readonly words: Words
  /** The name that fits, where it is another than the one that is shown. */
  readonly fits: string | undefined
}): JSX.Element {
  const { language } = props.words
  const name = nameOf(props.place, language)
  const region = regionOf(props.place, language)
  return (
    <>
      <bdi>{name}</bdi>
      {props.fits !== undefined && props.fits !== name && (
        <>
          {" "}
          <bdi class="value">({props.fits})</bdi>
        </>
      )}
      {region !== null && (
        <>
          {" · "}
          <bdi class="value">{region}</bdi>
        </>
      )}
    </>
  )
}
