import * as v from "valibot"
import { canonicalJson, type Json, parseCanonicalJson } from "../bytes/index.ts"
import { ACTION_KINDS } from "../report/index.ts"
import { type Claim, claim } from "./claim.ts"
import { localText, period, picture, place, slug, text } from "./field.ts"
import { PublicationError, type PublicationErrorCode } from "./publication-error.ts"

const revision = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000))
const pictures = v.pipe(v.array(picture), v.maxLength(200), v.readonly())

const event = v.pipe(
  v.strictObject({
    v: v.literal(1),
    type: v.literal("event"),
    id: slug,
    revision,
    title: localText(300),
    period,
    place,
    claims: v.pipe(v.array(claim), v.maxLength(1000), v.readonly()),
    note: v.nullable(localText(10_000)),
    pictures,
  }),
  v.readonly(),
)

const action = v.pipe(
  v.strictObject({
    v: v.literal(1),
    type: v.literal("action"),
    id: slug,
    revision,
    kind: v.picklist(ACTION_KINDS),
    period,
    place,
    words: localText(1000),
    campaign: v.nullable(localText(200)),
    pictures,
  }),
  v.readonly(),
)

const paragraph = v.pipe(
  v.strictObject({
    text: localText(10_000),
    cites: v.pipe(v.array(text(32)), v.maxLength(50), v.readonly()),
  }),
  v.readonly(),
)
const story = v.pipe(
  v.strictObject({
    v: v.literal(1),
    type: v.literal("story"),
    id: slug,
    revision,
    title: localText(300),
    period,
    paragraphs: v.pipe(v.array(paragraph), v.minLength(1), v.maxLength(1000), v.readonly()),
  }),
  v.readonly(),
)

export type EventPublication = v.InferOutput<typeof event>
export type ActionPublication = v.InferOutput<typeof action>
export type StoryPublication = v.InferOutput<typeof story>
/** One public revision of an event, an action or a story. */
export type Publication = EventPublication | ActionPublication | StoryPublication

const SCHEMAS = { event, action, story }
const CODES: readonly string[] = [
  "bad-text",
  "bad-date",
  "bad-url",
  "bad-number",
] satisfies PublicationErrorCode[]

/**
 * Reads a publication from canonical JSON, or from a value already parsed. Unknown members are refused: what the schema does
 * not know has not passed the gate.
 *
 * @param received - attacker-controlled; the caller bounds its length.
 * @throws PublicationError
 */
export function parsePublication(received: Uint8Array | string | Json): Publication {
  const isText = typeof received === "string" || received instanceof Uint8Array
  const value = isText ? parseCanonicalJson(received) : received
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new PublicationError("not-canonical", "a publication is one canonical JSON object")
  const { v: version, type } = value as { readonly [name: string]: Json }
  if (version !== 1) throw new PublicationError("unknown-version", "only version 1 is known")
  if (type !== "event" && type !== "action" && type !== "story")
    throw new PublicationError("unknown-type", "a publication is an event, an action or a story")
  const result = v.safeParse<(typeof SCHEMAS)[typeof type]>(SCHEMAS[type], value)
  if (!result.success) throw refusal(result.issues[0])
  if (result.output.type === "event") checkClaims(result.output.claims)
  return result.output
}

/** The one spelling of a publication. */
export function formatPublication(publication: Publication): string {
  return canonicalJson(publication as unknown as Json)
}

function refusal(issue: v.BaseIssue<unknown>): PublicationError {
  const where = v.getDotPath(issue) ?? "the whole"
  const code = CODES.find((known) => known === issue.message) as PublicationErrorCode | undefined
  return new PublicationError(code ?? "wrong-shape", `refused at ${where}`)
}

// A series is a promise that its numbers count the same thing: one measure, one group of people.
function checkClaims(claims: readonly Claim[]): void {
  const ids = new Set<string>()
  const kinds = new Map<string, string>()
  claims.forEach((c, i) => {
    if (ids.has(c.id)) throw new PublicationError("duplicate", `claims.${i} repeats an id`)
    ids.add(c.id)
    const kind = `${c.measure} ${c.group}`
    if ((kinds.get(c.series) ?? kind) !== kind)
      throw new PublicationError("bad-series", `claims.${i} is of another measure or group than its series`)
    kinds.set(c.series, kind)
  })
}
