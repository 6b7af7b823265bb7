import type { Primitives } from "../primitives/index.ts"

// Without vowels and look-alikes: no words, and nothing that two people read differently.
const LETTERS = "23456789bcdfghjkmnpqrstvwxyz"

/**
 * A name for a file on a stick, without its ending: eight random letters that any FAT keeps as they are and that tell no
 * order. 38 bits, so that two units on one stick do not meet.
 */
export function stickName(primitives: Pick<Primitives, "random">): string {
  let name = ""
  while (name.length < 8) {
    for (const byte of primitives.random(16)) {
      // The last values would favour the first letters.
      if (byte < 252 && name.length < 8) name += LETTERS[byte % LETTERS.length]
    }
  }
  return name
}
