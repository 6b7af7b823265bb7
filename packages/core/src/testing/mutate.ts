/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Below = (limit: number) => number
type Mutation = (bytes: Uint8Array, below: Below, other: Uint8Array) => Uint8Array

function replaced(bytes: Uint8Array, from: number, to: number, by: Uint8Array): Uint8Array {
  const result = new Uint8Array(from + by.length + bytes.length - to)
  result.set(bytes.subarray(0, from))
  result.set(by, from)
  result.set(bytes.subarray(to), from + by.length)
  return result
}

/** Two places in order, the first before the end, near each other more often than not. */
function range(length: number, below: Below): readonly [number, number] {
  const from = below(length + 1)
  const longest = below(2) === 0 ? Math.min(32, length - from) : length - from
  return [from, from + below(longest + 1)]
}

// What a bad line, a bad stick and a bad person do.
const MUTATIONS: readonly Mutation[] = [
  function flip(bytes, below) {
    const copy = bytes.slice()
    if (copy.length > 0) {
      const at = below(copy.length)
      copy[at] = (copy[at] as number) ^ (1 << below(8))
    }
    return copy
  },
  function overwrite(bytes, below) {
    const copy = bytes.slice()
    if (copy.length > 0) copy[below(copy.length)] = TELLING[below(TELLING.length)] as number
    return copy
  },
  (bytes, below) => bytes.slice(0, below(bytes.length + 1)),
  (bytes, below) => bytes.slice(below(bytes.length + 1)),
  function remove(bytes, below) {
    const [from, to] = range(bytes.length, below)
    return replaced(bytes, from, to, new Uint8Array())
  },
  function repeat(bytes, below) {
    const [from, to] = range(bytes.length, below)
    return replaced(bytes, to, to, bytes.subarray(from, to))
  },
  function reorder(bytes, below) {
    const [from, to] = range(bytes.length, below)
    const left = replaced(bytes, from, to, new Uint8Array())
    const at = below(left.length + 1)
    return replaced(left, at, at, bytes.subarray(from, to))
  },
  function splice(bytes, below, other) {
    const [from, to] = range(Math.min(bytes.length, other.length), below)
    return replaced(bytes, from, to, other.subarray(from, to))
  },
  function graft(bytes, below, other) {
    const [from, to] = range(other.length, below)
    const at = below(bytes.length + 1)
    return replaced(bytes, at, at, other.subarray(from, to))
  },
  function insert(bytes, below) {
    const at = below(bytes.length + 1)
    const added = Uint8Array.from({ length: 1 + below(8) }, () => TELLING[below(TELLING.length)] as number)
    return replaced(bytes, at, at, added)
  },
  function digits(bytes, below) {
    const copy = bytes.slice()
    const at = copy.findIndex((byte, i) => i >= below(copy.length + 1) && byte >= 0x30 && byte <= 0x39)
    return at < 0 ? copy : replaced(copy, at, at + 1, NUMBERS[below(NUMBERS.length)] as Uint8Array)
  },
]

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
/** Bytes that parsers treat apart. */
const TELLING = Uint8Array.from([
  0, 1, 0x0a, 0x0d, 0x20, 0x22, 0x23, 0x2d, 0x2e, 0x5b, 0x5c, 0x7b, 0x7f, 0x80, 0xc0, 0xed, 0xff,
])
const NUMBERS = ["-1", "0", "00", "1e9", "0.5", "9007199254740992", "18446744073709551616", "4294967295"].map(
  ascii,
)

/** Longest input that comes out, in bytes; longer ones are cut. */
const MAX_BYTES = 1_000_000

/** One to four changes, one after another. @param others - what may be spliced in. */
export function mutate(input: Uint8Array, others: readonly Uint8Array[], random: () => number): Uint8Array {
  const below: Below = (limit) => Math.floor(random() * limit)
  let bytes = input
  for (let left = 1 + below(4); left > 0; left--) {
    const other = others[below(others.length)] ?? input
    bytes = (MUTATIONS[below(MUTATIONS.length)] as Mutation)(bytes, below, other)
  }
  return bytes.slice(0, MAX_BYTES)
}
