import * as v from "valibot"
import { isIsoDate } from "./day.ts"

/** A text in both languages of the archive. */
export interface LocalText {
  readonly fa: string
  readonly en: string
}

/** The languages that everything public exists in, the first one first. */
export const LANGUAGES = ["fa", "en"] as const
export type Language = (typeof LANGUAGES)[number]

// A check says with its message which code a refusal gets; `parsePublication` reads it back.
const TEXT = "bad-text"

// Directional overrides can show digits in another order than they are stored; controls have no place in public text.
const FORBIDDEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/

/** A text of 1 to `maxChars` UTF-16 units: well-formed, no control but newline, no directional override, not only spaces. */
export function text(maxChars: number): v.GenericSchema<string> {
  return v.pipe(
    v.string(),
    v.check((s) => s.length <= maxChars && s.trim() !== "" && s.isWellFormed() && !FORBIDDEN.test(s), TEXT),
  )
}

/** Both languages, each as {@link text}. */
export function localText(maxChars: number): v.GenericSchema<LocalText> {
  return v.strictObject({ fa: text(maxChars), en: text(maxChars) })
}

/** Short public name of a publication or claim; it becomes a file name, so it is ASCII and short. */
export const slug: v.GenericSchema<string> = v.pipe(
  v.string(),
  v.check((s) => /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/.test(s) && s.length <= 32, TEXT),
)

/** A day that exists, `YYYY-MM-DD`, 1900 to 2199. */
export const isoDate: v.GenericSchema<string> = v.pipe(v.string(), v.check(isIsoDate, "bad-date"))

/** A day, or a month `YYYY-MM`. */
export const dayOrMonth: v.GenericSchema<string> = v.pipe(
  v.string(),
  v.check((s) => isIsoDate(s) || isIsoDate(`${s}-01`), "bad-date"),
)

/** An `https` or `http` address in printable ASCII: it becomes a link, so nothing else may. */
export const webAddress: v.GenericSchema<string> = v.pipe(
  v.string(),
  v.check((s) => s.length <= 2000 && /^https?:\/\/[!#-;=?-[\]_a-z~]+$/i.test(s), "bad-url"),
)

/** When: first and last day (null = one day), and whether the days themselves are approximate. */
export const period = v.pipe(
  v.strictObject({ from: isoDate, to: v.nullable(isoDate), about: v.boolean() }),
  v.check((p) => p.to === null || p.from <= p.to, "bad-date"),
  v.readonly(),
)
export type Period = v.InferOutput<typeof period>

/** Where, and how closely that is known. No coordinates are published. */
export const place = v.pipe(
  v.strictObject({
    name: localText(120),
    province: v.nullable(localText(120)),
    precision: v.picklist(["point", "town", "county", "province", "country"]),
  }),
  v.readonly(),
)
export type Place = v.InferOutput<typeof place>

/** A published picture: the re-encoded file that the archive holds, never the original. */
export const picture = v.pipe(
  v.strictObject({
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    mediaType: v.literal("image/jpeg"),
    width: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20_000)),
    height: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20_000)),
    caption: localText(1000),
    source: v.picklist(["photo", "still"]),
  }),
  v.readonly(),
)
export type Picture = v.InferOutput<typeof picture>
