import {
  type ActionKind,
  type Basis,
  type Bound,
  type Consent,
  type Group,
  MAX_TEXT_LENGTH,
  type Measure,
  type Place,
  type PlacePrecision,
  parseReport,
  type Report,
  type ReportedClaim,
  type Source,
} from "@govah/core/report"
import { ReportError, type ReportErrorCode } from "./report-error.ts"
import { parseWhen } from "./when.ts"

/** One number about harm, as far as it was said. */
export interface ClaimInput {
  readonly measure: Measure
  readonly low?: number | null
  /** Left out: `low` where exact or about, open where at least. */
  readonly high?: number | null
  /** Left out: `exactly` where there is a number, else `none`. */
  readonly bound?: Bound
  readonly group?: Group
  readonly scope?: string | null
  /** Who says it; left out: the source of the whole report. */
  readonly source?: Source | null
}

/** A report as it is told. Everything may be left out but one of words, claims, an action and media. */
export interface ReportInput {
  readonly text?: string
  /** ISO 639 code of the words; left out: `und`, not said. */
  readonly language?: string
  /** A bare name is a town. */
  readonly place?:
    | string
    | {
        readonly name: string
        readonly province?: string | null
        readonly precision?: PlacePrecision
        /** Of a gazetteer. */
        readonly id?: string
        /** Measured and rounded. */
        readonly point?: { readonly lat: number; readonly lon: number }
      }
    | null
  /** As {@link parseWhen} reads it. */
  readonly at?: string | null
  /** Left out: `circulating`, the weakest. */
  readonly basis?: Basis
  readonly claims?: readonly ClaimInput[]
  readonly action?: { readonly kind: ActionKind; readonly campaign?: string | null } | null
  /** Left out: nothing may be published. */
  readonly consent?: { readonly publish: Consent; readonly notBefore?: string | null }
  /** Who says it, where it is not the sender: for every claim that names nobody. */
  readonly source?: Source | null
}

/**
 * Builds a report, filling what was left out with what says least.
 *
 * @param attachments - how many files go with it: a report may be of files alone.
 * @throws ReportError with the part that is wrong.
 */
export function buildReport(input: ReportInput, attachments: number): Report {
  const text = (input.text ?? "").trim()
  const claims = (input.claims ?? []).map((claim) => fillClaim(claim, input.source ?? null))
  const action = input.action ?? null
  if (text === "" && claims.length === 0 && action === null && attachments === 0) {
    throw new ReportError("empty", "the report says nothing: give words, a file, a claim or an action")
  }
  if (text.length > MAX_TEXT_LENGTH) {
    throw new ReportError(
      "too-long",
      `the words are ${text.length} characters long; at most ${MAX_TEXT_LENGTH}`,
    )
  }
  const notBefore = input.consent?.notBefore ?? null
  const parsed = parseReport({
    type: action === null ? "observation" : "action",
    language: input.language ?? "und",
    text,
    place: fillPlace(input.place ?? null),
    period: input.at === undefined || input.at === null || input.at === "" ? null : parseWhen(input.at),
    basis: input.basis ?? "circulating",
    claims,
    action: action === null ? null : { kind: action.kind, campaign: action.campaign ?? null },
    consent: {
      publish: input.consent?.publish ?? "nothing",
      notBefore: notBefore === null ? null : oneDay(notBefore),
    },
  })
  if ("wrong" in parsed) throw wrongPart(parsed.wrong)
  return parsed.report
}

function fillPlace(place: NonNullable<ReportInput["place"]> | null): Place | null {
  if (place === null) return null
  const { name, province, precision, ...known } = typeof place === "string" ? { name: place } : place
  if (name.trim() === "") return null
  return { ...known, name: name.trim(), province: province?.trim() || null, precision: precision ?? "town" }
}

function fillClaim(claim: ClaimInput, source: Source | null): ReportedClaim {
  const low = claim.low ?? null
  const bound = claim.bound ?? (low === null && (claim.high ?? null) === null ? "none" : "exactly")
  const high = claim.high === undefined ? (bound === "at-least" ? null : low) : claim.high
  return {
    measure: claim.measure,
    low,
    high,
    bound,
    group: claim.group ?? "unknown",
    scope: claim.scope ?? null,
    source: claim.source === undefined ? source : claim.source,
  }
}

function oneDay(text: string): string {
  const { from, to } = parseWhen(text)
  if (to !== null)
    throw new ReportError("bad-date", "the day before which nothing is published must be one day")
  return from
}

function wrongPart(path: string): ReportError {
  const part = path.split(".")[0] ?? ""
  const code = CODE_OF_PART[part] ?? "bad-choice"
  return new ReportError(code, `the report's ${path} is not one that can be used`)
}

const CODE_OF_PART: Readonly<Record<string, ReportErrorCode>> = {
  place: "bad-place",
  period: "bad-date",
  claims: "bad-claim",
}
