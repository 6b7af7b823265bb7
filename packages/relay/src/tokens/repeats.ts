import { createHmac, randomBytes } from "node:crypto"

/**
 * Answers to posts that were paid with a token: the same post again, whose answer was lost, is answered alike. In memory
 * alone, under a key of this process, and bounded: what is forgotten here costs its sender a token.
 */
export interface Repeats {
  /** What the same post was answered, or is about to be; else what `answer` gives, which is remembered. */
  once(token: Uint8Array, names: Uint8Array, answer: () => Promise<void>): Promise<void>
}

/** Most answers that are remembered, of 32 bytes and a pointer each. */
const MOST = 20_000

export function rememberRepeats(): Repeats {
  const key = randomBytes(32)
  const answers = new Map<string, Promise<void>>()
  return {
    async once(token, names, answer) {
      const name = createHmac("sha256", key).update(token).update(names).digest("base64url")
      const known = answers.get(name)
      if (known !== undefined) return await known
      const mine = answer()
      answers.set(name, mine)
      const oldest = answers.keys().next()
      if (answers.size > MOST && oldest.done !== true) answers.delete(oldest.value)
      try {
        await mine
      } catch (error) {
        answers.delete(name)
        throw error
      }
    },
  }
}
