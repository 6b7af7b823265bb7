import * as v from "valibot"
import { equalBytes, type Json } from "../bytes/index.ts"
import { LogError, parseVerifierKey, type VerifierKey } from "../log/index.ts"
import { ReleaseError } from "./release-error.ts"

/** Who may sign a release, and in whose log it must stand. Compiled into the program. */
export interface ReleaseKeys {
  /** How many of the signers must have signed, 1 to their number. */
  readonly threshold: number
  readonly signers: readonly VerifierKey[]
  readonly log: VerifierKey
}

const text = v.pipe(v.string(), v.maxLength(1_000))
const Document = v.strictObject({
  v: v.literal(1),
  threshold: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
  signers: v.pipe(v.array(text), v.maxLength(16)),
  log: v.nullable(text),
})

/**
 * Reads the list of keys that a build pins, or null where it names none: such a copy can check no release, and says so.
 *
 * @throws ReleaseError `bad-keys`: not a list of keys, a threshold that nobody can meet, or one key under two names, which
 *   would let one person be two.
 */
export function parseReleaseKeys(document: Json): ReleaseKeys | null {
  const read = v.safeParse(Document, document)
  if (!read.success) throw new ReleaseError("bad-keys", "not a list of release keys")
  const { threshold, signers: spelt, log } = read.output
  if (spelt.length === 0 && log === null) return null
  if (log === null || threshold > spelt.length)
    throw new ReleaseError(
      "bad-keys",
      `${spelt.length} signers cannot make ${threshold}, or the log has no key`,
    )
  const [logKey, ...signers] = [log, ...spelt].map(readKey)
  const all = [logKey as VerifierKey, ...signers]
  if (all.some((one, i) => all.slice(0, i).some((other) => equalBytes(one.publicKey, other.publicKey))))
    throw new ReleaseError("bad-keys", "one key stands there twice")
  return { threshold, signers, log: logKey as VerifierKey }
}

function readKey(spelt: string): VerifierKey {
  try {
    return parseVerifierKey(spelt)
  } catch (cause) {
    if (!(cause instanceof LogError)) throw cause
    throw new ReleaseError("bad-keys", "a key is damaged", { cause })
  }
}
