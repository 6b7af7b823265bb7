import type { Primitives } from "../primitives/index.ts"

/**
 * Primitives that overwrite a spent piece as soon as they get it back, where real ones may be slower or leave it alone:
 * whoever keeps a piece longer than it was lent then holds nonsense in every test.
 */
export function scribbling(primitives: Primitives): Primitives {
  // A chunk and its tag are longer than what a platform gives at a time.
  const noise = primitives.random(65_536)
  const scribble = (into: Uint8Array | undefined): void => {
    into?.fill(noise[0] as number)
    into?.set(noise.subarray(0, into.length))
  }
  return {
    ...primitives,
    aeadSeal: (key, nonce, plaintext, into) => {
      scribble(into)
      return primitives.aeadSeal(key, nonce, plaintext)
    },
    aeadOpen: (key, nonce, ciphertext, into) => {
      scribble(into)
      return primitives.aeadOpen(key, nonce, ciphertext)
    },
  }
}
