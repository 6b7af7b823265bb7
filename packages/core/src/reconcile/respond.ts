import { concatBytes, equalBytes } from "../bytes/index.ts"
import type { ElementSet } from "./element-set.ts"
import {
  type AskItem,
  formatAnswer,
  itemBytes,
  type ListItem,
  MAX_ANSWER_BYTES,
  parseRequest,
  SALT_BYTES,
  type SplitItem,
} from "./message.ts"
import {
  fingerprint,
  fingerprintAt,
  isListed,
  partsOf,
  type ReconcilePrimitives,
  summaryOf,
} from "./range-summary.ts"

/**
 * Answers one request over a set. Keeps nothing between requests and learns nothing of the other side.
 *
 * Ranges of a request never overlap, so that each element here is read once and hashed at most twice, whatever is asked;
 * in memory at once is the largest sixteenth of one range. The answer is at most {@link MAX_ANSWER_BYTES} long.
 *
 * @param received - attacker-controlled.
 * @throws ReconcileError `malformed`, `unknown-version`, `out-of-order`, `too-long`.
 */
export async function respond(
  set: ElementSet,
  received: Uint8Array,
  primitives: ReconcilePrimitives,
): Promise<Uint8Array> {
  const { salt, items } = parseRequest(received)
  const said: (SplitItem | ListItem)[] = []
  let answered = 0
  let bytes = 1 + SALT_BYTES + 2
  for (const item of items) {
    const about =
      item.kind === "ask"
        ? [await tellRange(set, item, salt, primitives)]
        : await partsThatDiffer(set, item, salt, primitives)
    bytes += about.reduce((sum, one) => sum + itemBytes(one), 0)
    if (bytes > MAX_ANSWER_BYTES) break
    said.push(...about)
    answered++
  }
  return formatAnswer({ salt, answered, items: said })
}

async function tellRange(
  set: ElementSet,
  { prefix }: AskItem,
  salt: Uint8Array,
  primitives: ReconcilePrimitives,
): Promise<SplitItem | ListItem> {
  // Part by part, so that asking for everything never has everything in memory.
  const prints: Uint8Array[] = []
  let few: Uint8Array | null = new Uint8Array(0)
  for (const part of prefix.length < 64 ? partsOf(prefix) : [prefix]) {
    const elements = await set.range(part)
    prints.push(fingerprint(elements, salt, primitives))
    few = few === null || !isListed(elements) ? null : concatBytes(few, elements)
    if (few !== null && !isListed(few)) few = null
  }
  if (few !== null) return { kind: "list", prefix, elements: few }
  return { kind: "split", prefix, fingerprints: concatBytes(...prints) }
}

async function partsThatDiffer(
  set: ElementSet,
  { prefix, fingerprints }: SplitItem,
  salt: Uint8Array,
  primitives: ReconcilePrimitives,
): Promise<readonly (SplitItem | ListItem)[]> {
  const differing: (SplitItem | ListItem)[] = []
  for (const [i, part] of partsOf(prefix).entries()) {
    const elements = await set.range(part)
    if (equalBytes(fingerprint(elements, salt, primitives), fingerprintAt(fingerprints, i))) continue
    differing.push(summaryOf(elements, part, salt, primitives))
  }
  return differing
}
