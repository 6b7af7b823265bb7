import type { KeyWords } from "@govah/core/card"

/** Six words to compare, as lines: the words, and the same as numbers for whoever does not read them. */
export function wordLines({ words, numbers }: KeyWords): readonly string[] {
  const persian = numbers.map((number) =>
    number.replace(/\d/g, (d) => String.fromCharCode(0x6f0 + Number(d))),
  )
  return [words.join(" "), numbers.join(" "), persian.join(" ")]
}
