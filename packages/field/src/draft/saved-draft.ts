import {
  ACTION_KINDS,
  type ActionKind,
  BASES,
  type Basis,
  type Bound,
  BOUNDS,
  type Consent,
  CONSENTS,
  type Group,
  GROUPS,
  MAX_NAME_LENGTH,
  type Measure,
  MEASURES,
  type Place,
  PLACE_PRECISIONS,
  type PlacePrecision,
  PlaceSchema,
} from "@govah/core/report"
import * as v from "valibot"

/** Longest draft, in characters. What is longer is not saved by itself. */
export const MAX_DRAFT_LENGTH = 40_000
/** Most lines about harm, as the page has them. */
export const MAX_DRAFT_CLAIMS = 20

/** A day as it stands in its fields: it need not be one yet. */
export interface SavedDay {
  readonly day: string
  readonly month: string
  readonly year: string
  readonly calendar: "persian" | "gregory"
}

/** Every answer of a report that was begun and not kept, as it stands in its fields; none of its media. */
export interface SavedDraft {
  readonly v: 1
  /** The day on which it was saved, where the person was: what is meant by today. */
  readonly on: string
  readonly text: string
  readonly place: {
    readonly name: string
    readonly province: string
    readonly precision: PlacePrecision
    /** What was chosen from a list or given by the phone, as the report says it; null where it was typed. */
    readonly found: Place | null
  }
  readonly when: {
    readonly chosen: "unsaid" | "today" | "yesterday" | "other" | "days"
    readonly about: boolean
    readonly day: SavedDay | null
    readonly last: SavedDay | null
  }
  readonly basis: Basis | null
  readonly claims: readonly {
    readonly measure: Measure
    readonly bound: Bound
    readonly group: Group
    /** As it was typed; empty where none was. */
    readonly number: string
  }[]
  readonly action: { readonly kind: ActionKind; readonly campaign: string | null } | null
  readonly consent: {
    readonly publish: Consent
    readonly from: "any" | "day"
    readonly day: SavedDay | null
  }
  /** Whether photos or files stood in it: they are not saved, and the person has to know. */
  readonly media: boolean
}

const typed = (most: number) => v.pipe(v.string(), v.maxLength(most))

const SavedDaySchema = v.strictObject({
  day: typed(20),
  month: typed(2),
  year: typed(20),
  calendar: v.picklist(["persian", "gregory"]),
})

const SavedDraftSchema = v.strictObject({
  v: v.literal(1),
  on: v.pipe(v.string(), v.isoDate()),
  text: typed(MAX_DRAFT_LENGTH),
  place: v.strictObject({
    name: typed(MAX_NAME_LENGTH),
    province: typed(MAX_NAME_LENGTH),
    precision: v.picklist(PLACE_PRECISIONS),
    found: v.nullable(PlaceSchema),
  }),
  when: v.strictObject({
    chosen: v.picklist(["unsaid", "today", "yesterday", "other", "days"]),
    about: v.boolean(),
    day: v.nullable(SavedDaySchema),
    last: v.nullable(SavedDaySchema),
  }),
  basis: v.nullable(v.picklist(BASES)),
  claims: v.pipe(
    v.array(
      v.strictObject({
        measure: v.picklist(MEASURES),
        bound: v.picklist(BOUNDS),
        group: v.picklist(GROUPS),
        number: typed(20),
      }),
    ),
    v.maxLength(MAX_DRAFT_CLAIMS),
  ),
  action: v.nullable(
    v.strictObject({ kind: v.picklist(ACTION_KINDS), campaign: v.nullable(typed(MAX_NAME_LENGTH)) }),
  ),
  consent: v.strictObject({
    publish: v.picklist(CONSENTS),
    from: v.picklist(["any", "day"]),
    day: v.nullable(SavedDaySchema),
  }),
  media: v.boolean(),
})

/** @returns null for whatever is not wholly a draft as this program saves it. */
export function parseSavedDraft(value: unknown): SavedDraft | null {
  const parsed = v.safeParse(SavedDraftSchema, value)
  return parsed.success ? parsed.output : null
}
