import { EMPTY_ROOT, nodeHash } from "./hash.ts"
import { LogError } from "./log-error.ts"

/**
 * An append-only Merkle tree (RFC 9162 section 2.1) held in memory.
 *
 * Invariants:
 * 1. `level(0)` is the leaf hashes in order of appending; nothing is ever removed or replaced.
 * 2. `level(n)[i]` is the hash of the complete subtree over leaves i·2ⁿ to (i+1)·2ⁿ − 1; incomplete subtrees are not kept.
 */
export class MerkleTree {
  readonly #levels: Uint8Array[][] = [[]]

  /** Number of leaves. */
  get size(): number {
    return this.level(0).length
  }

  /** Hashes of the complete subtrees of height `n`, oldest first. */
  level(n: number): readonly Uint8Array[] {
    return this.#levels[n] ?? []
  }

  /** Appends one leaf. @param leaf - 32 bytes, from `leafHash`. */
  append(leaf: Uint8Array): void {
    let hash = leaf
    for (let n = 0; ; n++) {
      const level = (this.#levels[n] ??= [])
      level.push(hash)
      if (level.length % 2 === 1) return
      hash = nodeHash(level[level.length - 2] as Uint8Array, hash)
    }
  }

  /** Root of the first `size` leaves. @throws LogError `bad-size` where the tree is smaller. */
  root(size: number = this.size): Uint8Array {
    this.#checkSize(size)
    return size === 0 ? EMPTY_ROOT : this.#range(0, size)
  }

  /** Proof that leaf `index` is in the first `size` leaves, lowest sibling first (RFC 9162 section 2.1.3.1). */
  inclusionProof(index: number, size: number = this.size): Uint8Array[] {
    this.#checkSize(size)
    if (!Number.isSafeInteger(index) || index < 0 || index >= size)
      throw new LogError("bad-index", `leaf ${index} of ${size}`)
    const proof: Uint8Array[] = []
    for (let low = 0, high = size; high - low > 1; ) {
      const middle = low + largestPowerBelow(high - low)
      if (index < middle) {
        proof.push(this.#range(middle, high))
        high = middle
      } else {
        proof.push(this.#range(low, middle))
        low = middle
      }
    }
    return proof.reverse()
  }

  /** Proof that the first `oldSize` leaves begin the first `size` leaves (RFC 9162 section 2.1.4.1). */
  consistencyProof(oldSize: number, size: number = this.size): Uint8Array[] {
    this.#checkSize(size)
    if (!Number.isSafeInteger(oldSize) || oldSize < 0 || oldSize > size)
      throw new LogError("bad-size", `no tree of ${oldSize} leaves begins one of ${size}`)
    if (oldSize === 0 || oldSize === size) return []
    const proof: Uint8Array[] = []
    let low = 0
    let high = size
    while (oldSize !== high) {
      const middle = low + largestPowerBelow(high - low)
      if (oldSize <= middle) {
        proof.push(this.#range(middle, high))
        high = middle
      } else {
        proof.push(this.#range(low, middle))
        low = middle
      }
    }
    // The verifier knows the old root already, so it is left out where the old tree is itself a complete subtree.
    if (low > 0) proof.push(this.#range(low, high))
    return proof.reverse()
  }

  #checkSize(size: number): void {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.size)
      throw new LogError("bad-size", `size ${size}, the tree holds ${this.size} leaves`)
  }

  #range(low: number, high: number): Uint8Array {
    const count = high - low
    const height = Math.log2(count)
    if (Number.isInteger(height) && low % count === 0) return this.level(height)[low / count] as Uint8Array
    const middle = low + largestPowerBelow(count)
    return nodeHash(this.#range(low, middle), this.#range(middle, high))
  }
}

/** The largest power of two smaller than `count` (count ≥ 2). */
function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}
