import { equalBytes } from "../bytes/index.ts"
import { compareElements, ELEMENT_BYTES, elementCount, type ElementSet, rangeOf } from "./element-set.ts"
import {
  type Answer,
  type AskItem,
  formatRequest,
  itemBytes,
  type ListItem,
  MAX_ASKED,
  MAX_REQUEST_BYTES,
  parseAnswer,
  SALT_BYTES,
  type SplitItem,
} from "./message.ts"
import {
  fingerprint,
  fingerprintAt,
  isListed,
  partFingerprints,
  partsOf,
  type ReconcilePrimitives,
} from "./range-summary.ts"
import { ReconcileError } from "./reconcile-error.ts"

/** Most answers that are read: 1 GiB, or 30 million differences. A peer that goes on is a peer that lies. */
export const MAX_ANSWERS = 4_096

/** Most ranges that are kept to be asked about. An honest set of 16 million needs 80,000. */
const MAX_PENDING = 262_144

/** Elements that one side has and the other lacks: each 32 bytes, one after another. */
export interface Differences {
  readonly onlyHere: Uint8Array
  readonly onlyThere: Uint8Array
}

/** The asking side of a reconciliation: asks, and learns piece by piece exactly what differs. */
export interface Reconciliation {
  /** The next request, or null where everything is known. @throws RangeError while an answer is waited for. */
  next(): Promise<Uint8Array | null>
  /**
   * Takes the answer to the last request.
   *
   * @param received - attacker-controlled. After a refusal the same request may be answered again.
   * @returns what is certain now; no difference is told twice.
   * @throws ReconcileError.
   */
  take(received: Uint8Array): Promise<Differences>
}

/**
 * Begins to compare a set with that of somebody who answers ({@link respond}).
 *
 * Each range that is asked about lies within one that was asked about before and is smaller, so that it comes to an end
 * whatever is answered; {@link MAX_ANSWERS} bounds how late. If a set changes meanwhile, what changed may be told or not;
 * the next reconciliation finds it.
 *
 * @param set - what is here.
 * @param salt - 16 random bytes that nobody knew before.
 */
export function reconcile(
  set: ElementSet,
  salt: Uint8Array,
  primitives: ReconcilePrimitives,
): Reconciliation {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes, not ${salt.length}`)
  // Disjoint ranges that are known to differ, or not known; the last is asked about next, so that few wait.
  const pending = [...partsOf("")].reverse()
  let asked: readonly (SplitItem | AskItem)[] | null = null
  let answers = 0

  async function itemFor(prefix: string): Promise<SplitItem | AskItem> {
    const elements = await set.range(prefix)
    if (isListed(elements)) return { kind: "ask", prefix }
    return { kind: "split", prefix, fingerprints: partFingerprints(elements, prefix, salt, primitives) }
  }

  /** The parts of a range that differ from what was said of them. */
  async function differingParts({ prefix, fingerprints }: SplitItem): Promise<readonly string[]> {
    const elements = await set.range(prefix)
    return partsOf(prefix).filter((part, i) => {
      const mine = fingerprint(rangeOf(elements, part), salt, primitives)
      return !equalBytes(mine, fingerprintAt(fingerprints, i))
    })
  }

  return {
    async next() {
      if (asked !== null) throw new RangeError("the last request has no answer yet")
      const items: (SplitItem | AskItem)[] = []
      let bytes = 1 + SALT_BYTES
      while (pending.length > 0 && items.length < MAX_ASKED) {
        const item = await itemFor(pending.at(-1) as string)
        bytes += itemBytes(item)
        if (bytes > MAX_REQUEST_BYTES) break
        items.push(item)
        pending.pop()
      }
      if (items.length === 0) return null
      asked = items.sort((a, b) => (a.prefix < b.prefix ? -1 : 1))
      return formatRequest({ salt, items: asked })
    },

    async take(received) {
      if (asked === null) throw new RangeError("nothing was asked")
      const answer = parseAnswer(received)
      const about = asked.slice(0, answer.answered)
      refuseUnasked(answer, salt, asked)
      if (++answers > MAX_ANSWERS) throw new ReconcileError("too-much", `more than ${MAX_ANSWERS} answers`)
      const onlyHere: Uint8Array[] = []
      const onlyThere: Uint8Array[] = []
      const differing: string[] = []
      for (const item of answer.items) {
        if (item.kind === "split") differing.push(...(await differingParts(item)))
        else compareLists(await set.range(item.prefix), item, onlyHere, onlyThere)
      }
      const left = asked.slice(about.length).map(({ prefix }) => prefix)
      if (pending.length + left.length + differing.length > MAX_PENDING) {
        throw new ReconcileError("too-much", `more than ${MAX_PENDING} ranges differ`)
      }
      pending.push(...[...differing, ...left].reverse())
      asked = null
      return { onlyHere: joined(onlyHere), onlyThere: joined(onlyThere) }
    },
  }
}

/** @throws ReconcileError `unasked` where an answer speaks of anything but what was asked, or leaves a question out. */
function refuseUnasked(answer: Answer, salt: Uint8Array, asked: readonly (SplitItem | AskItem)[]): void {
  if (!equalBytes(answer.salt, salt))
    throw new ReconcileError("unasked", "an answer to another reconciliation")
  if (answer.answered > asked.length) throw new ReconcileError("unasked", "an answer to more than was asked")
  let at = 0
  for (const { kind, prefix } of asked.slice(0, answer.answered)) {
    const first = at
    const depth = kind === "ask" ? prefix.length : prefix.length + 1
    for (let item = answer.items[at]; item !== undefined; item = answer.items[at]) {
      if (item.prefix.length !== depth || !item.prefix.startsWith(prefix)) break
      at++
    }
    if (kind === "ask" && at === first) throw new ReconcileError("unasked", "a question is left out")
  }
  if (at !== answer.items.length) throw new ReconcileError("unasked", "an answer about another range")
}

function compareLists(
  here: Uint8Array,
  { elements: there }: ListItem,
  onlyHere: Uint8Array[],
  onlyThere: Uint8Array[],
): void {
  const [hereCount, thereCount] = [elementCount(here), elementCount(there)]
  const at = (list: Uint8Array, i: number): Uint8Array =>
    list.slice(i * ELEMENT_BYTES, (i + 1) * ELEMENT_BYTES)
  // The common case of a side that has nothing at all, without a million small pieces.
  if (thereCount === 0) return void onlyHere.push(here)
  let [i, j] = [0, 0]
  while (i < hereCount || j < thereCount) {
    const order = i === hereCount ? 1 : j === thereCount ? -1 : compareElements(here, i, there, j)
    if (order < 0) onlyHere.push(at(here, i))
    if (order > 0) onlyThere.push(at(there, j))
    if (order <= 0) i++
    if (order >= 0) j++
  }
}

/** As `concatBytes`, for more pieces than a call has arguments. */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
