import { setImmediate } from "node:timers/promises"
import { concatBytes } from "@govah/core/bytes"
import { ELEMENT_BYTES, type ElementSet, lowestAbove, lowestOf } from "@govah/core/reconcile"
import type { RelayStore } from "../store/port.ts"
import type { SyncKind } from "./sync-wire.ts"

/**
 * What a store keeps, as a set to compare: the ids of its cells, or those of its tombstones, from a day on. Nothing of it
 * is in memory but the range that is looked at.
 *
 * @param since - days since 1970-01-01: what is older is about to go, and is not offered.
 */
export function storedSet(store: RelayStore, kind: SyncKind, since: number): ElementSet {
  return {
    async range(prefix) {
      const end = lowestAbove(prefix)
      const found: Uint8Array[] = []
      let after = elementBefore(lowestOf(prefix))
      // Most ranges are small, and the first is large.
      for (let limit = 64; ; limit = Math.min(4 * limit, 4_096)) {
        const names = await store.names(after, limit)
        for (const { id, day, isForgotten } of names) {
          if (end !== null && Buffer.compare(id, end) >= 0) return joined(found)
          if (day >= since && isForgotten === (kind === "tombstones")) found.push(id)
        }
        const last = names.at(-1)
        if (last === undefined || names.length < limit) return joined(found)
        after = last.id
        // A million names are read in pieces, between which others are answered.
        await setImmediate()
      }
    },
  }
}

/** The element just below another, or null below the lowest. */
function elementBefore(element: Uint8Array): Uint8Array | null {
  const before = element.slice()
  for (let at = ELEMENT_BYTES - 1; at >= 0; at--) {
    const byte = before[at] as number
    before[at] = (byte + 255) & 255
    if (byte > 0) return before
  }
  return null
}

function joined(ids: readonly Uint8Array[]): Uint8Array {
  if (ids.length < 1_000) return concatBytes(...ids)
  const bytes = new Uint8Array(ids.length * ELEMENT_BYTES)
  ids.forEach((id, i) => bytes.set(id, i * ELEMENT_BYTES))
  return bytes
}
