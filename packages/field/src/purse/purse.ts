import { equalBytes, fromBase64Url, toBase64Url } from "@govah/core/bytes"
import { formatToken, parseToken, type Token, TOKEN_BYTES } from "@govah/core/token"
import { type Drawer, type DrawerFile, withFile } from "../store/index.ts"

/** The tokens of one place. Nothing in them says who gave them. */
export interface Purse {
  /** Keeps tokens; those that are here already are kept once. Durable when it resolves. @returns how many are new. */
  add(tokens: readonly Token[]): Promise<number>
  /**
   * Takes out one token that was signed with one of these keys, or null. It is gone from the disk when this resolves: one
   * that is spent twice is refused, and the two posts belong together.
   *
   * @param keys - SHA-256 of each key, 32 bytes.
   */
  take(keys: readonly Uint8Array[]): Promise<Token | null>
}

const NAME = "tokens"

/** Opens the purse in a drawer: one file of records, of which those of zeros are free. */
export function openPurse(drawer: Drawer): Purse {
  let last: Promise<unknown> = Promise.resolve()
  // One after another: two at once would take the same token.
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }

  async function add(tokens: readonly Token[]): Promise<number> {
    const added = await withFile(drawer, NAME, true, async (file) => {
      const records = await readRecords(file)
      const known = new Set(records.map((token) => (token === null ? "" : formatToken(token))))
      // What a power cut tore off at the end is written over.
      let place = records.length
      let count = 0
      for (const token of tokens) {
        const text = formatToken(token)
        if (known.has(text)) continue
        known.add(text)
        await file.write(place++ * TOKEN_BYTES, fromBase64Url(text) as Uint8Array)
        count++
      }
      await file.flush()
      return count
    })
    return added ?? 0
  }

  async function take(keys: readonly Uint8Array[]): Promise<Token | null> {
    return await withFile(drawer, NAME, false, async (file) => {
      const records = await readRecords(file)
      const place = records.findLastIndex(
        (token) => token !== null && keys.some((key) => equalBytes(key, token.key)),
      )
      const token = records[place]
      if (token === null || token === undefined) return null
      await file.write(place * TOKEN_BYTES, new Uint8Array(TOKEN_BYTES))
      await file.flush()
      return token
    })
  }

  return { add: (tokens) => inTurn(() => add(tokens)), take: (keys) => inTurn(() => take(keys)) }
}

async function readRecords(file: DrawerFile): Promise<(Token | null)[]> {
  const bytes = await file.read(0, await file.size())
  return Array.from({ length: Math.floor(bytes.length / TOKEN_BYTES) }, (_, i) =>
    parseToken(toBase64Url(bytes.subarray(i * TOKEN_BYTES, (i + 1) * TOKEN_BYTES))),
  )
}
