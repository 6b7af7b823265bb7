import { equalBytes, fromBase64Url, toBase64Url } from "@govah/core/bytes"
import { formatToken, parseToken, type Token, TOKEN_BYTES } from "@govah/core/token"
import { SEAL_BYTES } from "@govah/core/lock"
import { type LockedDrawer, type LockedFile, withFile } from "../store/index.ts"

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
const PART = "token"
const RECORD_BYTES = TOKEN_BYTES + SEAL_BYTES
/** The file grows by so many records at a time, and a free one looks like any other: it does not say how many there are. */
const STEP = 64

/** Opens the purse in a drawer: one file of sealed records, of which those that hold no token are free. */
export function openPurse(drawer: LockedDrawer): Purse {
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
      const grow = async (): Promise<void> => {
        const end = records.length
        for (let i = 0; i < STEP; i++) await writeRecord(file, end + i, NO_TOKEN)
        records.push(...Array.from({ length: STEP }, () => null))
      }
      if (records.length === 0) await grow()
      let place = -1
      let count = 0
      for (const token of tokens) {
        const text = formatToken(token)
        if (known.has(text)) continue
        known.add(text)
        place = records.indexOf(null, place + 1)
        if (place === -1) {
          place = records.length
          await grow()
        }
        await writeRecord(file, place, fromBase64Url(text) as Uint8Array)
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
      await writeRecord(file, place, NO_TOKEN)
      await file.flush()
      return token
    })
  }

  return { add: (tokens) => inTurn(() => add(tokens)), take: (keys) => inTurn(() => take(keys)) }
}

const NO_TOKEN = new Uint8Array(TOKEN_BYTES)

async function writeRecord(file: LockedFile, place: number, bytes: Uint8Array): Promise<void> {
  await file.write(place * RECORD_BYTES, await file.seals.seal(PART, bytes))
}

/** What lies at each place; null where it is free, or a power cut tore it. */
async function readRecords(file: LockedFile): Promise<(Token | null)[]> {
  const bytes = await file.read(0, await file.size())
  const records: (Token | null)[] = []
  for (let at = 0; at + RECORD_BYTES <= bytes.length; at += RECORD_BYTES) {
    const opened = await file.seals.open(PART, bytes.subarray(at, at + RECORD_BYTES))
    records.push(opened === null ? null : parseToken(toBase64Url(opened)))
  }
  return records
}
