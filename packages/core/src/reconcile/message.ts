import { concatBytes, fromHex, toHex } from "../bytes/index.ts"
import { compareElements, ELEMENT_BYTES, elementCount } from "./element-set.ts"
import { ReconcileError } from "./reconcile-error.ts"

/** Bytes of a salt: drawn anew for each reconciliation, so that nobody can prepare sets that look equal. */
export const SALT_BYTES = 16
/** Bytes of a fingerprint. With a salt that nobody knows before, two sets look equal by chance alone: 2^-128. */
export const FINGERPRINT_BYTES = 16
/** Ranges into which a range is divided: one for each next hex digit. */
export const FAN_OUT = 16
/** Most elements of a range that are told by name. More: a division costs less. Fewer: more rounds. */
export const MAX_LISTED = 24
/** Most ranges in a request. */
export const MAX_ASKED = 1_024
/** Longest request, in bytes: some 500 divided ranges. */
export const MAX_REQUEST_BYTES = 131_072
/** Longest answer, in bytes. What does not fit is asked again. */
export const MAX_ANSWER_BYTES = 262_144

const VERSION = 1
const HEAD_BYTES = 1 + SALT_BYTES
const MAX_DEPTH = 2 * ELEMENT_BYTES

/** "These are the fingerprints of my 16 parts of this range, each {@link FINGERPRINT_BYTES}." */
export interface SplitItem {
  readonly kind: "split"
  readonly prefix: string
  readonly fingerprints: Uint8Array
}

/** "Tell me this range." */
export interface AskItem {
  readonly kind: "ask"
  readonly prefix: string
}

/** "This is everything that I have in this range", ascending, 0 to {@link MAX_LISTED} elements. */
export interface ListItem {
  readonly kind: "list"
  readonly prefix: string
  readonly elements: Uint8Array
}

/** What one side asks. */
export interface Request {
  readonly salt: Uint8Array
  /** Ascending by prefix; none lies within another. */
  readonly items: readonly (SplitItem | AskItem)[]
}

/** What the other side answers. */
export interface Answer {
  readonly salt: Uint8Array
  /** How many items of the request, from its first, this answers. At least 1. */
  readonly answered: number
  /** Ascending by prefix; none lies within another. A part that is not named is equal. */
  readonly items: readonly (SplitItem | ListItem)[]
}

/** The bytes of a request. */
export function formatRequest({ salt, items }: Request): Uint8Array {
  return concatBytes(Uint8Array.of(VERSION), salt, ...items.map(formatItem))
}

/** The bytes of an answer. */
export function formatAnswer({ salt, answered, items }: Answer): Uint8Array {
  const count = Uint8Array.of(answered >> 8, answered & 255)
  return concatBytes(Uint8Array.of(VERSION), salt, count, ...items.map(formatItem))
}

/**
 * Reads a request. One spelling a request: what is read, written again, is the same bytes.
 *
 * @param received - attacker-controlled.
 * @throws ReconcileError `malformed`, `unknown-version`, `out-of-order`, `too-long`.
 */
export function parseRequest(received: Uint8Array): Request {
  const salt = readHead(received, MAX_REQUEST_BYTES)
  const items: (SplitItem | AskItem)[] = []
  for (const item of readItems(received, HEAD_BYTES)) {
    if (item.kind === "list") throw new ReconcileError("malformed", "a request lists nothing")
    if (items.length === MAX_ASKED) throw new ReconcileError("too-long", `more than ${MAX_ASKED} ranges`)
    items.push(item)
  }
  if (items.length === 0) throw new ReconcileError("malformed", "a request asks for nothing")
  return { salt, items }
}

/**
 * Reads an answer. One spelling an answer. Whether it answers what was asked is not known here.
 *
 * @param received - attacker-controlled.
 * @throws ReconcileError `malformed`, `unknown-version`, `out-of-order`, `too-long`.
 */
export function parseAnswer(received: Uint8Array): Answer {
  const salt = readHead(received, MAX_ANSWER_BYTES)
  if (received.length < HEAD_BYTES + 2) throw new ReconcileError("malformed", "an answer that is cut")
  const answered = ((received[HEAD_BYTES] as number) << 8) | (received[HEAD_BYTES + 1] as number)
  if (answered === 0) throw new ReconcileError("malformed", "an answer to nothing")
  const items: (SplitItem | ListItem)[] = []
  for (const item of readItems(received, HEAD_BYTES + 2)) {
    if (item.kind === "ask") throw new ReconcileError("malformed", "an answer asks nothing")
    items.push(item)
  }
  return { salt, answered, items }
}

/** Bytes of an item as it is written. */
export function itemBytes(item: SplitItem | AskItem | ListItem): number {
  const head = 2 + Math.ceil(item.prefix.length / 2)
  if (item.kind === "ask") return head
  if (item.kind === "split") return head + FAN_OUT * FINGERPRINT_BYTES
  return head + 1 + elementCount(item.elements) * suffixBytes(item.prefix)
}

const KINDS = { split: 1, ask: 2, list: 3 } as const

function formatItem(item: SplitItem | AskItem | ListItem): Uint8Array {
  const { kind, prefix } = item
  const head = Uint8Array.of(KINDS[kind], prefix.length)
  const digits = fromHex(prefix.length % 2 === 0 ? prefix : `${prefix}0`) as Uint8Array
  if (kind === "ask") return concatBytes(head, digits)
  if (kind === "split") return concatBytes(head, digits, item.fingerprints)
  const count = elementCount(item.elements)
  const skipped = ELEMENT_BYTES - suffixBytes(prefix)
  const suffixes = Array.from({ length: count }, (_, i) =>
    item.elements.subarray(i * ELEMENT_BYTES + skipped, (i + 1) * ELEMENT_BYTES),
  )
  return concatBytes(head, digits, Uint8Array.of(count), ...suffixes)
}

/** Of a listed element only what its range does not say is written, in whole bytes. */
function suffixBytes(prefix: string): number {
  return ELEMENT_BYTES - (prefix.length >> 1)
}

function readHead(received: Uint8Array, maxBytes: number): Uint8Array {
  if (received.length > maxBytes)
    throw new ReconcileError("too-long", `${received.length} bytes are too many`)
  if (received.length < HEAD_BYTES)
    throw new ReconcileError("malformed", `${received.length} bytes are no message`)
  if (received[0] === 0) throw new ReconcileError("malformed", "there is no version 0")
  if (received[0] !== VERSION) {
    throw new ReconcileError("unknown-version", `version ${received[0]} is newer than this program`)
  }
  return received.slice(1, HEAD_BYTES)
}

function* readItems(
  received: Uint8Array,
  start: number,
): Generator<SplitItem | AskItem | ListItem, void, void> {
  let at = start
  let before: string | null = null
  const take = (length: number): Uint8Array => {
    if (at + length > received.length) throw new ReconcileError("malformed", "a range is cut")
    at += length
    return received.subarray(at - length, at)
  }
  while (at < received.length) {
    const [kind, depth] = take(2) as unknown as [number, number]
    // A range with a single possible element cannot be divided.
    if (depth > (kind === KINDS.split ? MAX_DEPTH - 1 : MAX_DEPTH)) {
      throw new ReconcileError("malformed", `a prefix of ${depth} digits`)
    }
    const digits = toHex(take(Math.ceil(depth / 2)))
    if (depth % 2 === 1 && !digits.endsWith("0"))
      throw new ReconcileError("malformed", "a prefix with more digits")
    const prefix = digits.slice(0, depth)
    if (before !== null && (prefix <= before || prefix.startsWith(before))) {
      throw new ReconcileError("out-of-order", "ranges that are not ascending, or overlap")
    }
    before = prefix
    if (kind === KINDS.split) {
      yield { kind: "split", prefix, fingerprints: take(FAN_OUT * FINGERPRINT_BYTES).slice() }
    } else if (kind === KINDS.ask) yield { kind: "ask", prefix }
    else if (kind === KINDS.list) yield { kind: "list", prefix, elements: readElements(prefix, take) }
    else throw new ReconcileError("malformed", "no kind of range that is known")
  }
}

function readElements(prefix: string, take: (length: number) => Uint8Array): Uint8Array {
  const count = take(1)[0] as number
  if (count > MAX_LISTED) throw new ReconcileError("too-long", `${count} elements in a list`)
  const whole = fromHex(prefix.slice(0, prefix.length & ~1)) as Uint8Array
  const elements = new Uint8Array(count * ELEMENT_BYTES)
  for (let i = 0; i < count; i++) {
    elements.set(whole, i * ELEMENT_BYTES)
    elements.set(take(suffixBytes(prefix)), i * ELEMENT_BYTES + whole.length)
    if (!toHex(elements.subarray(i * ELEMENT_BYTES, (i + 1) * ELEMENT_BYTES)).startsWith(prefix)) {
      throw new ReconcileError("malformed", `element ${i} is not of its range`)
    }
    if (i > 0 && compareElements(elements, i - 1, elements, i) >= 0) {
      throw new ReconcileError("out-of-order", `element ${i} of a list is not above the one before`)
    }
  }
  return elements
}
