import * as v from "valibot"
import { MATERIAL_TYPES } from "../bulletin/index.ts"
import { WARNING_KINDS } from "../feed/index.ts"
import {
  ACTION_KINDS,
  BOUNDS,
  CLAIMANT_KINDS,
  GROUPS,
  MEASURES,
  PeriodSchema,
  PLACE_PRECISIONS,
} from "../report/index.ts"

const cellId = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const sha256Hex = cellId
const key32 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
const isoDate = v.pipe(v.string(), v.isoDate())
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000))
/** A name that the desk gives to an event, an action, a story or a claim: it stands in addresses of pages. */
const slug = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/), v.maxLength(32))
const line = v.pipe(v.string(), v.maxLength(300))
const words = v.pipe(v.string(), v.maxLength(10_000))
const lineInBoth = v.strictObject({ fa: line, en: line })
const wordsInBoth = v.strictObject({ fa: words, en: words })
const place = v.strictObject({
  name: lineInBoth,
  province: v.nullable(lineInBoth),
  precision: v.picklist(PLACE_PRECISIONS),
})
const grade = v.strictObject({
  reliability: v.picklist(["A", "B", "C", "D", "E", "F"]),
  credibility: v.picklist([1, 2, 3, 4, 5, 6]),
})
const road = v.picklist(["relay", "file"])

/** An invitation was made. `secret` is the SHA-256 of the invitation's secret. */
const Invited = v.strictObject({
  kind: v.literal("invited"),
  secret: sha256Hex,
  lastDay: isoDate,
  label: line,
})
/** A root for this desk arrived. `unit` is what the sealed root names; `invitation` the hash of the secret in it. */
const Received = v.strictObject({
  kind: v.literal("received"),
  root: cellId,
  parcel: v.string(),
  unit: key32,
  invitation: v.nullable(sha256Hex),
  signature: v.picklist(["good", "bad"]),
  day: isoDate,
  road,
  from: line,
})
/**
 * A provisional or closing root of a recording arrived. `unit` and `invitation` are null for a closing root, which does
 * not say who sent it; `provisional` is the cell that it names, and null for a provisional root; `closer` the one-time key.
 */
const ReceivedPart = v.strictObject({
  kind: v.literal("received-part"),
  root: cellId,
  part: v.picklist(["provisional", "closing"]),
  parcel: v.string(),
  unit: v.nullable(key32),
  invitation: v.nullable(sha256Hex),
  closer: key32,
  provisional: v.nullable(cellId),
  signature: v.picklist(["good", "bad"]),
  day: isoDate,
  road,
  from: line,
})
/**
 * A root that our key opens and that holds no report we understand, or whose further cells hold none. The ciphertext is
 * kept. `road` and `from` are null where no bytes moved: the root had arrived before.
 */
const Unreadable = v.strictObject({
  kind: v.literal("unreadable"),
  root: cellId,
  code: line,
  day: isoDate,
  road: v.nullable(road),
  from: v.nullable(line),
})
/** All cells of a parcel are here. */
const Completed = v.strictObject({ kind: v.literal("completed"), root: cellId, cells: count })
/** A parcel that we had arrived again, by this road. */
const Carried = v.strictObject({ kind: v.literal("carried"), root: cellId, day: isoDate, road, from: line })

/**
 * A member compared the six words of a unit's key with the person who holds it. The one way out of *contested*: the
 * other keys that showed the same invitation stay so.
 */
const ConfirmedUnit = v.strictObject({ kind: v.literal("confirmed-unit"), unit: key32 })

const Graded = v.strictObject({ kind: v.literal("graded"), root: cellId, grade })
const Placed = v.strictObject({ kind: v.literal("placed"), root: cellId, place })
const Dated = v.strictObject({ kind: v.literal("dated"), root: cellId, period: PeriodSchema })
const Noted = v.strictObject({ kind: v.literal("noted"), root: cellId, words })

/** A claim, made by the desk from the reports that support it. Setting one again replaces it; both entries stay. */
const ClaimSet = v.strictObject({
  kind: v.literal("claim-set"),
  id: slug,
  event: slug,
  supports: v.pipe(v.array(cellId), v.minLength(1), v.maxLength(1000)),
  measure: v.picklist(MEASURES),
  low: v.nullable(count),
  high: v.nullable(count),
  bound: v.picklist(BOUNDS),
  group: v.picklist(GROUPS),
  series: slug,
  scope: wordsInBoth,
  said: wordsInBoth,
  claimant: v.strictObject({ name: lineInBoth, kind: v.picklist(CLAIMANT_KINDS) }),
  carriedBy: v.nullable(lineInBoth),
  url: v.nullable(v.pipe(v.string(), v.regex(/^https?:\/\//), v.url(), v.maxLength(2000))),
  asOf: v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/)),
  grade,
})
const EventSet = v.strictObject({
  kind: v.literal("event-set"),
  id: slug,
  title: lineInBoth,
  period: PeriodSchema,
  place,
  note: v.nullable(wordsInBoth),
})
const ActionSet = v.strictObject({
  kind: v.literal("action-set"),
  id: slug,
  action: v.picklist(ACTION_KINDS),
  supports: v.pipe(v.array(cellId), v.minLength(1), v.maxLength(1000)),
  period: PeriodSchema,
  place,
  words: wordsInBoth,
  campaign: v.nullable(lineInBoth),
})
const StorySet = v.strictObject({
  kind: v.literal("story-set"),
  id: slug,
  title: lineInBoth,
  period: PeriodSchema,
  paragraphs: v.pipe(
    v.array(v.strictObject({ text: wordsInBoth, cites: v.pipe(v.array(slug), v.maxLength(50)) })),
    v.minLength(1),
    v.maxLength(200),
  ),
})
/** A copy made for the public from one attachment: decoded, looked at, encoded anew. */
const PictureMade = v.strictObject({
  kind: v.literal("picture-made"),
  sha256: sha256Hex,
  root: cellId,
  attachment: count,
  source: v.picklist(["photo", "still"]),
  width: count,
  height: count,
  caption: lineInBoth,
  /** What it belongs to: an event or an action. */
  subject: slug,
  /** The member has looked for faces and other things that name a person, and found or covered them. */
  reviewed: v.boolean(),
})
const Published = v.strictObject({
  kind: v.literal("published"),
  id: slug,
  revision: v.pipe(count, v.minValue(1)),
  sha256: sha256Hex,
  day: isoDate,
})
/** Something that everybody must know before all else, until the last day of it. Setting it again replaces it. */
const WarningSet = v.strictObject({
  kind: v.literal("warning-set"),
  id: slug,
  about: v.picklist(WARNING_KINDS),
  day: isoDate,
  subject: v.nullable(line),
  words: v.pipe(v.string(), v.maxLength(500)),
  until: isoDate,
})
/** A bulletin for everybody who writes to the desk, until the last day of it. */
const BulletinSet = v.strictObject({
  kind: v.literal("bulletin-set"),
  id: slug,
  day: isoDate,
  language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/)),
  title: line,
  words,
  until: isoDate,
})
/** A call for a peaceful action, until the last day of it. `sha256` is that of the material. */
const CallSet = v.strictObject({
  kind: v.literal("call-set"),
  id: slug,
  campaign: line,
  action: v.picklist(ACTION_KINDS),
  language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/)),
  title: line,
  words: v.pipe(v.string(), v.maxLength(4_000)),
  from: isoDate,
  to: v.nullable(isoDate),
  places: v.pipe(v.array(line), v.maxLength(32)),
  material: v.nullable(v.strictObject({ type: v.picklist(MATERIAL_TYPES), bytes: count, sha256: sha256Hex })),
  until: isoDate,
})
/** A reply to a report was sealed: the `n`th of its chain, from 0. The words lie beside the ledger. */
const Replied = v.strictObject({
  kind: v.literal("replied"),
  root: cellId,
  n: count,
  slot: sha256Hex,
})
const FeedMade = v.strictObject({
  kind: v.literal("feed-made"),
  number: v.pipe(count, v.minValue(1)),
  sha256: sha256Hex,
  receipts: count,
})

export const ActSchema = v.variant("kind", [
  Invited,
  Received,
  ReceivedPart,
  Unreadable,
  Completed,
  Carried,
  ConfirmedUnit,
  Graded,
  Placed,
  Dated,
  Noted,
  ClaimSet,
  EventSet,
  ActionSet,
  StorySet,
  PictureMade,
  Published,
  WarningSet,
  BulletinSet,
  CallSet,
  Replied,
  FeedMade,
])

/** One thing that a desk member did or that the desk saw happen. The only way anything changes. Source: `spec/ledger.md`. */
export type Act = Readonly<v.InferOutput<typeof ActSchema>>
export type ActKind = Act["kind"]
/** The act of one kind. */
export type ActOf<K extends ActKind> = Extract<Act, { readonly kind: K }>
export type Grade = Readonly<v.InferOutput<typeof grade>>
export type LocalText = Readonly<v.InferOutput<typeof lineInBoth>>
export type LocalPlace = Readonly<v.InferOutput<typeof place>>
