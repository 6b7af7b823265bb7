import * as v from "valibot"
import type { Json } from "../bytes/index.ts"
import { BulletinError } from "./bulletin-error.ts"

// What is shown in a terminal must not move its cursor: no control characters but the line feed.

export const plainLine = (maxLength: number): v.GenericSchema<string> =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(maxLength), v.regex(/^[^\u0000-\u001f\u007f-\u009f]*$/))

export const plainWords = (maxLength: number): v.GenericSchema<string> =>
  v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(maxLength),
    v.regex(/^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f]*$/),
  )

/** `document` as the schema has it. @throws BulletinError `malformed`, `unknown-version`. */
export function checked<S extends v.GenericSchema>(
  schema: S,
  document: unknown,
  what: string,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, document)
  if (parsed.success) return parsed.output
  const version = (document as { v?: Json } | null)?.v
  if (typeof version === "number" && version > 1) {
    throw new BulletinError("unknown-version", `${what} version ${version} is newer than this program`)
  }
  throw new BulletinError("malformed", `not a ${what}: ${v.getDotPath(parsed.issues[0]) ?? "document"}`)
}
