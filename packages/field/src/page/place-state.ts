import type { Place, PlacePrecision } from "@govah/core/report"
import type { RefObject } from "preact"
import { useRef, useState } from "preact/hooks"
import type { SavedDraft } from "../draft/index.ts"
import type { GazetteerPlace, Here } from "../place/index.ts"
import type { ReportInput } from "../report/index.ts"

/** What was chosen of a place. What was typed stands in its fields alone. */
export type Chosen =
  | { readonly from: "nothing" }
  /** Found before the last start, from a list or by the phone. */
  | { readonly from: "saved"; readonly place: Place }
  | { readonly from: "list"; readonly place: GazetteerPlace; readonly language: string }
  | { readonly from: "phone"; readonly here: Here; readonly language: string; readonly nameless: string }

/** The question of the place while it is answered. */
export interface PlaceRefs {
  readonly name: RefObject<HTMLInputElement | null>
  readonly province: RefObject<HTMLInputElement | null>
  readonly chosen: Chosen
  readonly choose: (chosen: Chosen) => void
  readonly precision: PlacePrecision
  readonly setPrecision: (precision: PlacePrecision) => void
  /** What was typed before the last start. */
  readonly typed: { readonly name: string; readonly province: string }
}

export function usePlace(saved: SavedDraft["place"] | undefined): PlaceRefs {
  const found = saved?.found ?? null
  const [chosen, choose] = useState<Chosen>(
    found === null ? { from: "nothing" } : { from: "saved", place: found },
  )
  const [precision, setPrecision] = useState<PlacePrecision>(saved?.precision ?? "town")
  return {
    typed: { name: saved?.name ?? "", province: saved?.province ?? "" },
    name: useRef<HTMLInputElement>(null),
    province: useRef<HTMLInputElement>(null),
    chosen,
    choose,
    precision,
    setPrecision,
  }
}

/** What was chosen, or stands in the fields. */
export function savePlace(refs: PlaceRefs): SavedDraft["place"] {
  const { chosen, precision } = refs
  const [name = "", province = ""] = [refs.name, refs.province].map((ref) => ref.current?.value)
  const said = chosen.from === "nothing" ? null : readPlace(refs)
  const found =
    said === null ? null : { ...said, province: said.province || null, precision: said.precision ?? "town" }
  return { name, province, precision, found }
}

/** What was chosen or typed, as a report says it. Without a name there is no place, unless a province alone was given. */
export function readPlace(refs: PlaceRefs): Exclude<ReportInput["place"], string | undefined> {
  const { chosen, precision } = refs
  if (chosen.from === "saved") return chosen.place
  if (chosen.from === "list") return ofList(chosen.place, precision, chosen.language)
  const name = refs.name.current?.value.trim() ?? ""
  const province = refs.province.current?.value.trim() ?? ""
  if (chosen.from === "phone") {
    const { here, language, nameless } = chosen
    // A town's name would say more than the province that was asked for.
    if (here.precision === "province")
      return province === "" ? null : { name: province, province, precision: "province" }
    const isNear = here.near !== null && nameOf(here.near, language) === name
    return {
      name: name || province || nameless,
      province,
      precision: here.precision,
      ...(isNear ? { id: here.near.id } : {}),
      ...(here.point === null ? {} : { point: here.point }),
    }
  }
  if (name === "") return province === "" ? null : { name: province, province, precision: "province" }
  return { name, province, precision }
}

/** How exactly a place of a gazetteer can be said: never more narrowly than it is. */
export function precisionsOf(place: GazetteerPlace): readonly PlacePrecision[] {
  if (place.kind === "country") return ["country"]
  if (place.kind === "province") return ["province"]
  const wider: PlacePrecision[] = provinceOf(place) === null ? [] : ["province"]
  return place.kind === "district" ? ["county", ...wider] : ["town", "county", ...wider]
}

/** The name in the language of the page, or the other. */
export function nameOf(place: GazetteerPlace, language: string): string {
  return (
    (language === "en" || language === "kmr" ? (place.en ?? place.fa) : (place.fa ?? place.en)) ?? place.id
  )
}

export function provinceOf(place: GazetteerPlace): GazetteerPlace | null {
  let at: GazetteerPlace | null = place
  while (at !== null && at.kind !== "province") at = at.within
  return at
}

/** What tells it from its namesakes: the province, or where none is known the country. */
export function regionOf(place: GazetteerPlace, language: string): string | null {
  if (place.within === null) return null
  const province = place.kind === "province" ? null : provinceOf(place)
  return nameOf(province ?? place.within, language)
}

function ofList(
  place: GazetteerPlace,
  precision: PlacePrecision,
  language: string,
): Exclude<ReportInput["place"], string | undefined> {
  const province = provinceOf(place)
  if (precision === "province" && province !== null) {
    const name = nameOf(province, language)
    return { name, province: name, precision, id: province.id }
  }
  return { name: nameOf(place, language), province: regionOf(place, language), precision, id: place.id }
}
