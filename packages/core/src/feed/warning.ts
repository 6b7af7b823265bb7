import * as v from "valibot"

/** Most warnings that stand at a time. */
export const MAX_WARNINGS = 16

/** What can be burnt. Closed list. */
export const WARNING_KINDS = ["relay", "road", "unit", "invitation", "program", "other"] as const
export type WarningKind = (typeof WARNING_KINDS)[number]

// What is shown in a terminal must not move its cursor.
const plainLine = (maxLength: number) =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(maxLength), v.regex(/^[^\u0000-\u001f\u007f-\u009f]*$/))

/** Something that people must know before all else. Everybody reads it, so it names nobody who is not burnt already. */
export const WarningSchema = v.strictObject({
  kind: v.picklist(WARNING_KINDS),
  /** The day since which it holds. */
  day: v.pipe(v.string(), v.isoDate()),
  /** What it is about: a relay's address, a name that units know; null where the words say it. */
  subject: v.nullable(plainLine(300)),
  words: plainLine(500),
})
export type Warning = Readonly<v.InferOutput<typeof WarningSchema>>
