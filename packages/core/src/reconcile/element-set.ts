import type { Awaitable } from "../primitives/index.ts"

/** Bytes of an element: a SHA-256. */
export const ELEMENT_BYTES = 32

/**
 * A set of elements of 32 bytes, seen through ranges. A range is all elements that begin with a prefix of 0 to 64 hex
 * digits: elements are hashes, so that ranges of one depth hold about as many.
 */
export interface ElementSet {
  /** The elements of a range, ascending, each once, one after another. @param prefix - lower-case hex digits. */
  range(prefix: string): Awaitable<Uint8Array>
}

/**
 * A set over elements that lie in memory.
 *
 * @param sorted - elements one after another, strictly ascending ({@link sortElements}). Not copied.
 * @throws RangeError where they are not.
 */
export function elementSet(sorted: Uint8Array): ElementSet {
  const count = elementCount(sorted)
  for (let i = 1; i < count; i++) {
    if (compareElements(sorted, i - 1, sorted, i) >= 0) throw new RangeError(`element ${i} is out of order`)
  }
  return { range: (prefix) => rangeOf(sorted, prefix) }
}

/** The elements of `sorted` that begin with `prefix`: a view. */
export function rangeOf(sorted: Uint8Array, prefix: string): Uint8Array {
  const from = firstNotBelow(sorted, lowestOf(prefix))
  const above = lowestAbove(prefix)
  const to = above === null ? elementCount(sorted) : firstNotBelow(sorted, above)
  return sorted.subarray(from * ELEMENT_BYTES, to * ELEMENT_BYTES)
}

/**
 * Elements in any order, ascending and each once: a copy. A million take half a second.
 *
 * @param elements - a multiple of 32 bytes.
 */
export function sortElements(elements: Uint8Array): Uint8Array {
  const count = elementCount(elements)
  const view = new DataView(elements.buffer, elements.byteOffset, elements.byteLength)
  const head = (i: number): number => view.getUint32(i * ELEMENT_BYTES)
  const order = Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => head(a) - head(b) || compareElements(elements, a, elements, b),
  )
  const sorted = new Uint8Array(elements.length)
  let kept = 0
  for (const i of order) {
    sorted.set(elements.subarray(i * ELEMENT_BYTES, (i + 1) * ELEMENT_BYTES), kept * ELEMENT_BYTES)
    if (kept === 0 || compareElements(sorted, kept - 1, sorted, kept) !== 0) kept++
  }
  return sorted.slice(0, kept * ELEMENT_BYTES)
}

/** How many elements so many bytes are. @throws RangeError where they are not whole. */
export function elementCount(elements: Uint8Array): number {
  if (elements.length % ELEMENT_BYTES !== 0) throw new RangeError(`${elements.length} bytes are no elements`)
  return elements.length / ELEMENT_BYTES
}

/** Negative, 0 or positive, as element `i` of `a` is below, equal to or above element `j` of `b`. */
export function compareElements(a: Uint8Array, i: number, b: Uint8Array, j: number): number {
  for (let at = 0; at < ELEMENT_BYTES; at++) {
    const difference = (a[i * ELEMENT_BYTES + at] as number) - (b[j * ELEMENT_BYTES + at] as number)
    if (difference !== 0) return difference
  }
  return 0
}

/** The lowest element of a range. */
export function lowestOf(prefix: string): Uint8Array {
  const lowest = new Uint8Array(ELEMENT_BYTES)
  for (let at = 0; at < prefix.length; at++) {
    const digit = Number.parseInt(prefix.charAt(at), 16)
    lowest[at >> 1] = (lowest[at >> 1] as number) | (at % 2 === 0 ? digit << 4 : digit)
  }
  return lowest
}

/** The lowest element above a range, or null where there is none. */
export function lowestAbove(prefix: string): Uint8Array | null {
  const kept = prefix.replace(/f+$/, "")
  if (kept === "") return null
  const last = Number.parseInt(kept.slice(-1), 16) + 1
  return lowestOf(kept.slice(0, -1) + last.toString(16))
}

function firstNotBelow(sorted: Uint8Array, element: Uint8Array): number {
  let low = 0
  let high = elementCount(sorted)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareElements(sorted, middle, element, 0) < 0) low = middle + 1
    else high = middle
  }
  return low
}
