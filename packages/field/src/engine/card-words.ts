import { type KeyWords, keyWords } from "@govah/core/card"

/** The six words of a desk's key. Apart, since they need a list of words that only few starts do. */
export function wordsOfDesk(key: Uint8Array): KeyWords {
  return keyWords("desk", key)
}
