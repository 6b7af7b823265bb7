import type { PlacePrecision } from "@govah/core/report"
import type { JSX, RefObject } from "preact"
import { useRef, useState } from "preact/hooks"
import type { ReportInput } from "../report/index.ts"
import type { Words } from "../words/index.ts"
import { Line } from "./entry.tsx"
import { Foldout } from "./foldout.tsx"

export interface PlaceRefs {
  readonly name: RefObject<HTMLInputElement | null>
  readonly province: RefObject<HTMLInputElement | null>
  readonly precision: RefObject<HTMLSelectElement | null>
}

export function usePlace(): PlaceRefs {
  return {
    name: useRef<HTMLInputElement>(null),
    province: useRef<HTMLInputElement>(null),
    precision: useRef<HTMLSelectElement>(null),
  }
}

/** What was typed, as a report says it. Without a name there is no place, unless a province alone was given. */
export function readPlace(refs: PlaceRefs): NonNullable<ReportInput["place"]> | null {
  const name = refs.name.current?.value.trim() ?? ""
  const province = refs.province.current?.value.trim() ?? ""
  if (name === "") return province === "" ? null : { name: province, province, precision: "province" }
  return { name, province, precision: (refs.precision.current?.value ?? "town") as PlacePrecision }
}

/** Where: free text, so that it works offline and for any country, and how exact it is. */
export function PlaceEntry({
  words,
  refs,
}: {
  readonly words: Words
  readonly refs: PlaceRefs
}): JSX.Element {
  const { place } = words
  const [name, setName] = useState("")
  return (
    <Foldout heading={place.heading} value={name === "" ? words.unsaid : name} note={place.skip}>
      <div class="pair">
        <div>
          <label class="field" for="place-name">
            {place.name}
          </label>
          <Line id="place-name" into={refs.name} onInput={setName} />
        </div>
        <div>
          <label class="field" for="place-province">
            {place.province}
          </label>
          <Line id="place-province" into={refs.province} />
        </div>
      </div>
      <label class="field" for="place-precision">
        {place.precision}
      </label>
      <select id="place-precision" autocomplete="off" ref={refs.precision}>
        {(["town", "point", "county", "province", "country"] as const).map((precision) => (
          <option key={precision} value={precision}>
            {place.precisions[precision]}
          </option>
        ))}
      </select>
    </Foldout>
  )
}
