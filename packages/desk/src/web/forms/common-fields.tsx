import {
  claimantKinds,
  credibilities,
  type Grade,
  type LocalText,
  type Place,
  precisions,
  reliabilities,
} from "@govah/core/publication"
import { CLAIMANT_KINDS, PLACE_PRECISIONS } from "@govah/core/report"
import type { JSX } from "preact"
import { desk } from "../model/desk.ts"
import { placeOf } from "../model/rows.ts"
import { language, number, words } from "../words/words.ts"
import { BothField, CheckField, ChoiceField } from "./fields.tsx"

/** A place in both languages, and how closely it is known. */
export function PlaceField(props: {
  readonly value: Place
  readonly change: (place: Place) => void
}): JSX.Element {
  const { forms } = words.value
  const { value, change } = props
  return (
    <>
      <BothField
        label={forms.placeName}
        value={value.name}
        max={120}
        change={(name) => change({ ...value, name })}
      />
      <BothField
        label={forms.province}
        value={value.province ?? { fa: "", en: "" }}
        max={120}
        change={(province) => change({ ...value, province: orNothing(province) })}
      />
      <ChoiceField
        label={forms.precision}
        value={value.precision}
        choices={PLACE_PRECISIONS.map((key) => [key, precisions[key][language.value]] as const)}
        change={(precision) => change({ ...value, precision })}
        hint={value.precision === "point" ? forms.pointWarning : undefined}
      />
    </>
  )
}

/** Null where both languages are empty. */
export function orNothing(text: LocalText): LocalText | null {
  return text.fa.trim() === "" && text.en.trim() === "" ? null : text
}

/** Both halves of an Admiralty grade, in words. */
export function GradeField(props: {
  readonly value: Grade
  readonly change: (grade: Grade) => void
}): JSX.Element {
  const { forms } = words.value
  const { value, change } = props
  return (
    <div class="pair">
      <ChoiceField
        label={forms.reliability}
        value={value.reliability}
        choices={(["A", "B", "C", "D", "E", "F"] as const).map(
          (letter) => [letter, `${letter} – ${reliabilities[letter][language.value]}`] as const,
        )}
        change={(reliability) => change({ ...value, reliability })}
      />
      <ChoiceField
        label={forms.credibility}
        value={`${value.credibility}`}
        choices={([1, 2, 3, 4, 5, 6] as const).map(
          (digit) => [`${digit}`, `${number(digit)} – ${credibilities[digit][language.value]}`] as const,
        )}
        change={(digit) => change({ ...value, credibility: Number(digit) as Grade["credibility"] })}
      />
    </div>
  )
}

/** What kind of voice, as choices. */
export function voices(): (readonly [(typeof CLAIMANT_KINDS)[number], string])[] {
  return CLAIMANT_KINDS.map((kind) => [kind, claimantKinds[kind][language.value].one] as const)
}

/** Which reports stand behind something. */
export function SupportsField(props: {
  readonly value: readonly string[]
  readonly change: (roots: string[]) => void
}): JSX.Element {
  const { forms, list } = words.value
  const chosen = new Set(props.value)
  return (
    <fieldset class="supports">
      <legend>{forms.supports}</legend>
      {(desk.value?.reports ?? [])
        .filter((row) => row.said !== null || chosen.has(row.root))
        .map((row) => (
          <CheckField
            key={row.root}
            label={
              <>
                <bdi>{placeOf(row) ?? list.noPlace}</bdi> ·{" "}
                <bdi>{row.said?.words.slice(0, 60) ?? list.closedWords}</bdi>
              </>
            }
            checked={chosen.has(row.root)}
            change={(on) =>
              props.change(on ? [...props.value, row.root] : props.value.filter((root) => root !== row.root))
            }
          />
        ))}
    </fieldset>
  )
}
