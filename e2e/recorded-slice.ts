/** What stands in every slice, to be searched for where nothing readable may be. */
export const MARKER = "govah readable marker"

/** 2 s of speech at 24 kbit/s, 6,000 bytes, of which each recording and each place in it has its own. */
export function recordedSlice(name: string, index: number): Uint8Array {
  return Buffer.from(`${MARKER} ${name} ${index}\n`.repeat(300)).subarray(0, 6_000)
}
