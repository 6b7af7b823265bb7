import * as v from "valibot"
import { dayOrMonth, localText, slug, text, webAddress } from "./field.ts"

const count = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000_000)))

/** Admiralty grade: reliability of the source A–F, credibility of the information 1–6. */
export const grade = v.pipe(
  v.strictObject({
    reliability: v.picklist(["A", "B", "C", "D", "E", "F"]),
    credibility: v.picklist([1, 2, 3, 4, 5, 6]),
  }),
  v.readonly(),
)
export type Grade = v.InferOutput<typeof grade>

/**
 * Who says what number of whom, where, as of when, and how far it can be trusted.
 *
 * `low`/`high` fit `bound`: *exactly* has both (equal, or the two ends of a closed range); *at-least* has `low` and an open
 * end; *about* has `low` and may have `high`; *none* has neither. Claims are compared only inside one `series`.
 */
export const claim = v.pipe(
  v.strictObject({
    id: slug,
    measure: v.picklist(["killed", "injured", "killed-or-injured", "arrested", "disappeared", "shutdown"]),
    low: count,
    high: count,
    bound: v.picklist(["exactly", "at-least", "about", "none"]),
    group: v.picklist(["protester", "bystander", "child", "state-force", "unknown", "none"]),
    series: text(64),
    scope: localText(500),
    said: localText(1000),
    claimant: v.strictObject({
      name: localText(200),
      kind: v.picklist(["official", "media", "social", "political-org", "witness", "ngo"]),
    }),
    carriedBy: v.nullable(localText(200)),
    url: v.nullable(webAddress),
    asOf: dayOrMonth,
    grade,
    reportingUnits: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
  }),
  v.check((c) => boundFits(c.bound, c.low, c.high), "bad-number"),
  v.readonly(),
)
export type Claim = v.InferOutput<typeof claim>

function boundFits(bound: string, low: number | null, high: number | null): boolean {
  if (low !== null && high !== null && low > high) return false
  if (bound === "exactly") return low !== null && high !== null
  if (bound === "at-least") return low !== null && high === null
  if (bound === "about") return low !== null
  return low === null && high === null
}
