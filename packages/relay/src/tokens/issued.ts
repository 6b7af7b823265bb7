import { canonicalJsonBytes, parseCanonicalJson, toBase64Url } from "@govah/core/bytes"
import type { RelayStore } from "../store/port.ts"
import type { TokenKey } from "./token-keys.ts"

/** Tokens that a desk is signed with one key: 640,000 cells, 10 GB. */
export const TOKENS_A_TERM = 10_000

/** Counts how many tokens each desk was signed, and nothing else of them. */
export interface Issued {
  /** Counts `count` more for a desk. @returns whether they were within its quota; if not, none is counted. */
  add(desk: Uint8Array, key: TokenKey, count: number): Promise<boolean>
}

/** Opens the counts in a store. They begin anew with each key. */
export function openIssued(store: RelayStore, quota: number): Issued {
  let last: Promise<unknown> = Promise.resolve()
  async function add(desk: Uint8Array, key: TokenKey, count: number): Promise<boolean> {
    const id = toBase64Url(key.id)
    const bytes = await store.settings.read(SETTING)
    const kept = bytes === null ? null : (parseCanonicalJson(bytes) as unknown as Counts | null)
    const counts = kept?.key === id ? kept.counts : {}
    const name = toBase64Url(desk)
    const sum = (counts[name] ?? 0) + count
    if (sum > quota) return false
    await store.settings.write(SETTING, canonicalJsonBytes({ key: id, counts: { ...counts, [name]: sum } }))
    return true
  }
  return {
    // One after another: two at once would count one of them.
    add(desk, key, count) {
      const mine = last.then(() => add(desk, key, count))
      last = mine.catch(() => undefined)
      return mine
    },
  }
}

const SETTING = "tokens-issued"

interface Counts {
  readonly key: string
  readonly counts: Readonly<Record<string, number>>
}
