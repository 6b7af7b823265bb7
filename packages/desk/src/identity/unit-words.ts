import { keyWords } from "@govah/core/card"

/** A fifth of a second each, and a page asks for the same few again and again. */
const MAX_KEPT = 256
const kept = new Map<string, readonly string[]>()

/**
 * What a unit's key is compared by: six numbers of four digits, the same that `govah field words` prints beside its
 * words, and that `govah desk confirm` takes.
 *
 * @param key - 32 B.
 */
export function unitDigits(key: Uint8Array): readonly string[] {
  const name = key.join(" ")
  const numbers = kept.get(name) ?? keyWords("unit", key).numbers
  kept.set(name, numbers)
  if (kept.size > MAX_KEPT) kept.delete([...kept.keys()][0] as string)
  return numbers
}
