import * as v from "valibot"
import { MAX_CALL_BYTES } from "../feed/index.ts"
import { ACTION_KINDS } from "../report/index.ts"
import { BulletinError } from "./bulletin-error.ts"
import { isPaddedExactly, padDocument, readPadded } from "./padded.ts"
import { checked, plainLine, plainWords } from "./plain.ts"

/** What a material may be: what a phone can show or print, and nothing that runs. Closed list. */
export const MATERIAL_TYPES = ["image/png", "image/jpeg", "text/plain"] as const
export type MaterialType = (typeof MATERIAL_TYPES)[number]

const CallSchema = v.pipe(
  v.strictObject({
    v: v.literal(1),
    /** What reports of it name as their campaign. */
    campaign: plainLine(300),
    action: v.picklist(ACTION_KINDS),
    language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/)),
    title: plainLine(300),
    words: plainWords(4_000),
    from: v.pipe(v.string(), v.isoDate()),
    to: v.nullable(v.pipe(v.string(), v.isoDate())),
    /** Towns, as people say them; none for everywhere. */
    places: v.pipe(v.array(plainLine(300)), v.maxLength(32)),
    material: v.nullable(
      v.strictObject({
        type: v.picklist(MATERIAL_TYPES),
        bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_CALL_BYTES)),
      }),
    ),
  }),
  v.check((call) => call.to === null || call.from <= call.to, "a call ends after it begins"),
)

/** A call for a peaceful, public, expressive action: the kinds are `ACTION_KINDS`, and there are no others. */
export type Call = Readonly<v.InferOutput<typeof CallSchema>>

/** A call, and what is printed or shown for it. */
export interface CallWithMaterial {
  readonly call: Call
  readonly material: Uint8Array
}

/**
 * A call as a part of the feed.
 *
 * @param material - as long as the call says; empty where it names none.
 * @throws BulletinError `malformed`; `too-long` where call and material have more than 65,536 bytes together.
 */
export function encodeCall({ call, material }: CallWithMaterial): Uint8Array {
  const document = checked(CallSchema, call, "call")
  if ((document.material?.bytes ?? 0) !== material.length)
    throw new BulletinError("malformed", "a call says another length of its material")
  return padDocument(document, material, MAX_CALL_BYTES)
}

/** @param received - attacker-controlled. @throws BulletinError `too-long`, `malformed`, `unknown-version`. */
export function openCall(received: Uint8Array): CallWithMaterial {
  if (received.length > MAX_CALL_BYTES)
    throw new BulletinError("too-long", `a call has at most ${MAX_CALL_BYTES} bytes`)
  const { document, rest } = readPadded(received)
  const call = checked(CallSchema, document, "call")
  const bytes = call.material?.bytes ?? 0
  if (bytes > rest.length || !isPaddedExactly(received, rest, bytes))
    throw new BulletinError("malformed", "a call is not padded as it should be")
  return { call, material: rest.slice(0, bytes) }
}
