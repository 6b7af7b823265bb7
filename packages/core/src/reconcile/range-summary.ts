import { utf8Bytes } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { elementCount, rangeOf } from "./element-set.ts"
import { FAN_OUT, FINGERPRINT_BYTES, type ListItem, MAX_LISTED, type SplitItem } from "./message.ts"

const CONTEXT = utf8Bytes("govah reconcile v1")

/** What is lent to a reconciliation. */
export type ReconcilePrimitives = Pick<Primitives, "hasher">

/** The first 16 bytes of SHA-256(context ‖ salt ‖ elements). @param elements - all of a range, ascending. */
export function fingerprint(
  elements: Uint8Array,
  salt: Uint8Array,
  primitives: ReconcilePrimitives,
): Uint8Array {
  const hasher = primitives.hasher()
  hasher.update(CONTEXT)
  hasher.update(salt)
  hasher.update(elements)
  return hasher.digest().slice(0, FINGERPRINT_BYTES)
}

/** The fingerprints of the 16 parts of a range. @param elements - all of the range. */
export function partFingerprints(
  elements: Uint8Array,
  prefix: string,
  salt: Uint8Array,
  primitives: ReconcilePrimitives,
): Uint8Array {
  const fingerprints = new Uint8Array(FAN_OUT * FINGERPRINT_BYTES)
  partsOf(prefix).forEach((part, i) => {
    fingerprints.set(fingerprint(rangeOf(elements, part), salt, primitives), i * FINGERPRINT_BYTES)
  })
  return fingerprints
}

/** What to say of a range that is known to differ: its elements where they are few, else what its parts look like. */
export function summaryOf(
  elements: Uint8Array,
  prefix: string,
  salt: Uint8Array,
  primitives: ReconcilePrimitives,
): SplitItem | ListItem {
  if (isListed(elements)) return { kind: "list", prefix, elements }
  return { kind: "split", prefix, fingerprints: partFingerprints(elements, prefix, salt, primitives) }
}

/** Whether a range is told by the names of its elements. */
export function isListed(elements: Uint8Array): boolean {
  return elementCount(elements) <= MAX_LISTED
}

/** The prefixes of the 16 parts of a range, ascending. */
export function partsOf(prefix: string): readonly string[] {
  return Array.from({ length: FAN_OUT }, (_, digit) => prefix + digit.toString(16))
}

/** The fingerprint of part `i` among those of 16. */
export function fingerprintAt(fingerprints: Uint8Array, i: number): Uint8Array {
  return fingerprints.subarray(i * FINGERPRINT_BYTES, (i + 1) * FINGERPRINT_BYTES)
}
