import * as v from "valibot"
import { MAX_NAME_LENGTH, PlaceSchema } from "./place.ts"
import { ACTION_KINDS, BASES, BOUNDS, CLAIMANT_KINDS, CONSENTS, GROUPS, MEASURES } from "./vocabulary.ts"

/** Longest free text of a report, in UTF-16 code units: some 30 pages. Longer words travel as an attached file. */
export const MAX_TEXT_LENGTH = 100_000
/** Most claims in one report. */
export const MAX_CLAIMS = 200

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_NAME_LENGTH))
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000))
const isoDate = v.pipe(v.string(), v.isoDate())

/** Days (UTC or local: the sender cannot know better) from `from` to `to`; `about` says that they are an estimate. */
export const PeriodSchema = v.pipe(
  v.strictObject({ from: isoDate, to: v.nullable(isoDate), about: v.boolean() }),
  v.check((period) => period.to === null || period.from <= period.to, "a period ends after it begins"),
)
export type Period = Readonly<v.InferOutput<typeof PeriodSchema>>

/** Who says it, where it is not the sender. */
export const SourceSchema = v.strictObject({
  name,
  kind: v.picklist(CLAIMANT_KINDS),
  carriedBy: v.nullable(name),
  url: v.nullable(v.pipe(v.string(), v.regex(/^https?:\/\//), v.url(), v.maxLength(2000))),
  /** The day it was said, as exactly as known: YYYY-MM-DD or YYYY-MM. */
  saidOn: v.nullable(v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/))),
})
export type Source = Readonly<v.InferOutput<typeof SourceSchema>>

/** One number (or fact without a number) about harm. `high: null` is an open end. */
export const ReportedClaimSchema = v.pipe(
  v.strictObject({
    measure: v.picklist(MEASURES),
    low: v.nullable(count),
    high: v.nullable(count),
    bound: v.picklist(BOUNDS),
    group: v.picklist(GROUPS),
    scope: v.nullable(v.pipe(v.string(), v.maxLength(2000))),
    source: v.nullable(SourceSchema),
  }),
  v.check(
    (claim) => claim.low === null || claim.high === null || claim.low <= claim.high,
    "low is above high",
  ),
)
export type ReportedClaim = Readonly<v.InferOutput<typeof ReportedClaimSchema>>

/** What a unit or a witness says happened, or what a unit did. Everything but one of text, claims, action, media may be left out. */
export const ReportSchema = v.strictObject({
  type: v.picklist(["observation", "action"]),
  language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/)),
  text: v.pipe(v.string(), v.maxLength(MAX_TEXT_LENGTH)),
  place: v.nullable(PlaceSchema),
  period: v.nullable(PeriodSchema),
  basis: v.picklist(BASES),
  claims: v.pipe(v.array(ReportedClaimSchema), v.maxLength(MAX_CLAIMS)),
  action: v.nullable(v.strictObject({ kind: v.picklist(ACTION_KINDS), campaign: v.nullable(name) })),
  consent: v.strictObject({ publish: v.picklist(CONSENTS), notBefore: v.nullable(isoDate) }),
})
export type Report = Readonly<v.InferOutput<typeof ReportSchema>>

/**
 * `value` as a report, or the first thing that is wrong with it: a path of field names, never contents.
 */
export function parseReport(value: unknown): { readonly report: Report } | { readonly wrong: string } {
  const parsed = v.safeParse(ReportSchema, value)
  if (parsed.success) return { report: parsed.output }
  return { wrong: v.getDotPath(parsed.issues[0]) ?? "report" }
}
