/** Something to look for: a word in one form, or a window of a picture. At least 8 bytes. */
export interface Needle {
  readonly mark: string
  readonly form: string
  readonly bytes: Buffer
}

/** Looks for many needles in one pass: thousands of them cost as much as one. */
export interface Finder {
  find(haystack: Uint8Array): ReadonlySet<Needle>
}

const TABLE_BITS = 20

export function makeFinder(needles: readonly Needle[]): Finder {
  const table = new Uint8Array(1 << TABLE_BITS)
  const byStart = new Map<number, Needle[]>()
  for (const needle of needles) {
    const start = needle.bytes.readUInt32BE(0)
    table[slotOf(start)] = 1
    byStart.set(start, [...(byStart.get(start) ?? []), needle])
  }
  return {
    find: (haystack) => {
      const found = new Set<Needle>()
      const bytes = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.length)
      let start = 0
      for (let at = 0; at < bytes.length; at++) {
        start = ((start << 8) | (bytes[at] as number)) >>> 0
        if (table[slotOf(start)] === 0) continue
        for (const needle of byStart.get(start) ?? []) {
          const from = at - 3
          if (
            !found.has(needle) &&
            from >= 0 &&
            needle.bytes.equals(bytes.subarray(from, from + needle.bytes.length))
          )
            found.add(needle)
        }
      }
      return found
    },
  }
}

function slotOf(start: number): number {
  return Math.imul(start, 0x9e3779b1) >>> (32 - TABLE_BITS)
}

const WINDOW_BYTES = 24
/** Headers and tables are the same in every file of a kind. */
const HEAD_BYTES = 1024
const STEP_BYTES = 256

/**
 * Windows of 24 bytes of a picture or a recording, which nothing else has.
 *
 * @param from - where to begin; left out: behind what may be its header.
 */
export function windowsOf(media: Buffer, from: number = HEAD_BYTES): readonly Buffer[] {
  const windows: Buffer[] = []
  for (let at = from; at + WINDOW_BYTES <= media.length; at += STEP_BYTES) {
    const window = media.subarray(at, at + WINDOW_BYTES)
    // Where a picture is one colour, its bytes repeat, and might be anybody's.
    if (new Set(window).size >= 14) windows.push(window)
  }
  return windows
}
