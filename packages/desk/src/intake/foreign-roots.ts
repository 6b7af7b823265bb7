import { Encrypter } from "age-encryption"
import { type CellId, looksLikeRoot } from "@govah/core/cell"
import { hybridStanzas } from "@govah/core/open"
import { type HybridKey, hybridKey } from "@govah/node"
import type { Room } from "../room.ts"
import type { Store } from "../store/store.ts"

/**
 * Finds out which cells are roots that none of our identities opens: half a millisecond for each term, where the age library takes three,
 * so that a flood of roots for others costs minutes. Where the quick way cannot be relied on, no root counts as foreign: the
 * library is asked about it later, as about our own.
 *
 * @param cells - attacker-controlled.
 * @returns the indexes of those that are for others.
 */
export async function foreignRoots(
  room: Room,
  cells: readonly Uint8Array[],
  ids: readonly CellId[],
): Promise<ReadonlySet<number>> {
  const foreign = new Set<number>()
  let keys: readonly HybridKey[] | null = null
  for (const [i, cell] of cells.entries()) {
    if (!looksLikeRoot(cell) || isOurs(room.store, ids[i] as CellId)) continue
    if (isKnownForeign(room.store, ids[i] as CellId)) {
      foreign.add(i)
      continue
    }
    keys ??= await heldKeys(room.store)
    if (keys.length === 0) return foreign
    const stanzas = hybridStanzas(cell)
    const fits = (key: HybridKey): boolean => stanzas.some(({ share, wrapped }) => key.fits(share, wrapped))
    if (!keys.some(fits)) foreign.add(i)
  }
  return foreign
}

function isOurs(store: Store, root: CellId): boolean {
  return store.get("SELECT 1 FROM root WHERE id = ?", root) !== undefined
}

// Settled, and no root of ours: it was tried before, whoever brought it.
function isKnownForeign(store: Store, root: CellId): boolean {
  const arrivals = store.all<{ settled: number }>("SELECT settled FROM arrival WHERE root = ?", root)
  return arrivals.length > 0 && arrivals.every(({ settled }) => settled === 1)
}

const known = new WeakMap<Store, Map<string, HybridKey | null>>()

/** The keys of all terms; none where one of them cannot be relied on. */
async function heldKeys(store: Store): Promise<readonly HybridKey[]> {
  const terms = store.all<{ identity: string; recipient: string }>("SELECT identity, recipient FROM intake")
  const tested = known.get(store) ?? new Map<string, HybridKey | null>()
  known.set(store, tested)
  const keys: HybridKey[] = []
  for (const { identity, recipient } of terms) {
    if (!tested.has(recipient)) tested.set(recipient, await testedKey(identity, recipient))
    const key = tested.get(recipient)
    if (key === null || key === undefined) return []
    keys.push(key)
  }
  return keys
}

// A key that says no where the library says yes would lose reports: it is shown something of its own first.
async function testedKey(identity: string, recipient: string): Promise<HybridKey | null> {
  try {
    const key = hybridKey(identity)
    const encrypter = new Encrypter()
    encrypter.addRecipient(recipient)
    const stanzas = hybridStanzas(await encrypter.encrypt("test"))
    return stanzas.some(({ share, wrapped }) => key.fits(share, wrapped)) ? key : null
  } catch {
    // This Node has no such key, or the identity is of another kind.
    return null
  }
}
