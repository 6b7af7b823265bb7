import * as v from "valibot"
import { MAX_BULLETIN_BYTES } from "../feed/index.ts"
import { BulletinError } from "./bulletin-error.ts"
import { isPaddedExactly, padDocument, readPadded } from "./padded.ts"
import { checked, plainLine, plainWords } from "./plain.ts"

const BulletinSchema = v.strictObject({
  v: v.literal(1),
  day: v.pipe(v.string(), v.isoDate()),
  language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/)),
  title: plainLine(300),
  words: plainWords(10_000),
})

/** What a desk tells everybody who writes to it. Everybody reads it, so it names nobody. */
export type Bulletin = Readonly<v.InferOutput<typeof BulletinSchema>>

/** A bulletin as a part of the feed. @throws BulletinError `malformed`, `too-long`. */
export function encodeBulletin(bulletin: Bulletin): Uint8Array {
  return padDocument(checked(BulletinSchema, bulletin, "bulletin"), new Uint8Array(), MAX_BULLETIN_BYTES)
}

/** @param received - attacker-controlled. @throws BulletinError `too-long`, `malformed`, `unknown-version`. */
export function openBulletin(received: Uint8Array): Bulletin {
  if (received.length > MAX_BULLETIN_BYTES)
    throw new BulletinError("too-long", `a bulletin has at most ${MAX_BULLETIN_BYTES} bytes`)
  const { document, rest } = readPadded(received)
  const bulletin = checked(BulletinSchema, document, "bulletin")
  if (!isPaddedExactly(received, rest, 0))
    throw new BulletinError("malformed", "a bulletin is not padded as it should be")
  return bulletin
}
