import type { PlacePrecision } from "@govah/core/report"
import type { JSX } from "preact"
import { useLayoutEffect, useState } from "preact/hooks"
import type { Words } from "../words/index.ts"
import { Choice, Line } from "./entry.tsx"
import { Foldout } from "./foldout.tsx"
import { PlaceFound } from "./place-found.tsx"
import { PlaceHere } from "./place-here.tsx"
import { nameOf, type PlaceRefs, precisionsOf, readPlace, regionOf } from "./place-state.ts"

export { type PlaceRefs, readPlace, savePlace, usePlace } from "./place-state.ts"

const TYPED = ["point", "town", "county", "province", "country"] as const

/**
 * Where: a name from the list, or as it was typed, or where the phone is. All of it works without a network, but for
 * what the phone itself asks to find out where it is.
 */
export function PlaceEntry({
  words,
  refs,
}: {
  readonly words: Words
  readonly refs: PlaceRefs
}): JSX.Element {
  const { place: text, language } = words
  const { chosen, precision } = refs
  const [typed, setTyped] = useState(refs.typed.name)
  const [, setProvince] = useState(refs.typed.province)
  const said = sayPlace(refs, words)
  const fill = (name: string, province: string): void => {
    if (refs.name.current !== null) refs.name.current.value = name
    if (refs.province.current !== null) refs.province.current.value = province
    setTyped(name)
    setProvince(province)
  }
  useLayoutEffect(() => fill(refs.typed.name, refs.typed.province), [])
  // After the fields are there.
  useLayoutEffect(() => {
    if (chosen.from !== "phone" || chosen.here.near === null) return
    fill(nameOf(chosen.here.near, language), regionOf(chosen.here.near, language) ?? "")
  }, [chosen])
  const isFixed = chosen.from === "list" || chosen.from === "saved"
  const isProvince = chosen.from === "phone" && chosen.here.precision === "province"
  const again = (): void => {
    refs.choose({ from: "nothing" })
    refs.setPrecision("town")
    fill("", "")
  }
  const offered = chosen.from === "list" ? precisionsOf(chosen.place) : chosen.from === "nothing" ? TYPED : []
  return (
    <Foldout heading={text.heading} value={said ?? words.unsaid} note={text.skip}>
      {chosen.from === "phone" && (
        <p class="note">
          {chosen.here.near === null ? text.here.alone : text.here.near}
          {chosen.here.isCoarser && ` ${text.here.coarser}`}
        </p>
      )}
      {!isFixed && !isProvince && (
        <>
          <label class="field" for="place-name">
            {text.name}
          </label>
          <Line id="place-name" into={refs.name} onInput={setTyped} />
        </>
      )}
      {chosen.from === "nothing" && (
        <PlaceFound
          words={words}
          typed={typed}
          onChoose={(place) => {
            refs.choose({ from: "list", place, language })
            refs.setPrecision(precisionsOf(place)[0] ?? "town")
          }}
        />
      )}
      {(chosen.from === "phone" || (chosen.from === "nothing" && typed.trim() !== "")) && (
        <>
          <label class="field" for="place-province">
            {text.province}
          </label>
          <Line id="place-province" into={refs.province} onInput={setProvince} />
        </>
      )}
      {said !== null && (
        <p class="said-place">
          <strong>{said}</strong>
        </p>
      )}
      {said !== null && offered.length > 1 && (
        <fieldset>
          <legend>{text.precision}</legend>
          <Choice
            name="place-precision"
            choices={pick(text.precisions, offered)}
            chosen={precision}
            onChoose={refs.setPrecision}
          />
        </fieldset>
      )}
      {chosen.from === "nothing" ? (
        <PlaceHere
          words={words}
          onHere={(here) => refs.choose({ from: "phone", here, language, nameless: text.here.nameless })}
        />
      ) : (
        <button type="button" class="second" onClick={again}>
          {text.change}
        </button>
      )}
    </Foldout>
  )
}

/** What the report will say of the place, in words; null where it says nothing. */
function sayPlace(refs: PlaceRefs, words: Words): string | null {
  const place = readPlace(refs)
  if (place === null) return null
  const { name, province = null, precision = "town" } = place
  const distance =
    (refs.chosen.from === "phone" || place.point !== undefined) && precision !== "country"
      ? words.place.here.choices[precision]
      : words.place.precisions[precision]
  return words.place.said(name, province === name || province === "" ? null : province, distance)
}

function pick<K extends PlacePrecision>(
  all: Readonly<Record<PlacePrecision, string>>,
  offered: readonly K[],
): Readonly<Record<K, string>> {
  return Object.fromEntries(offered.map((one) => [one, all[one]])) as Record<K, string>
}
