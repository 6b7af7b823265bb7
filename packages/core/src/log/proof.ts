import { equalBytes } from "../bytes/index.ts"
import { EMPTY_ROOT, HASH_BYTES, nodeHash } from "./hash.ts"
import { LogError } from "./log-error.ts"

// A path in a tree of 2^53 leaves has at most 53 steps; a consistency proof one more.
const MAX_PROOF_HASHES = 54

/**
 * Checks that a leaf is number `index` of the tree of `size` leaves whose root is `root`.
 *
 * Sizes and indexes are safe integers, so all shifts are done by division: JavaScript's bit operators see 32 bits only.
 * Source: RFC 9162 section 2.1.3.2.
 *
 * @param proof - sibling hashes, lowest first; attacker-controlled.
 * @throws LogError `bad-index`, `bad-proof`.
 */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): void {
  if (!isSize(index) || !isSize(size) || index >= size)
    throw new LogError("bad-index", `leaf ${index} of ${size}`)
  checkHashes([leaf, ...proof, root], proof.length)
  let fn = index
  let sn = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (sn === 0) throw new LogError("bad-proof", `${proof.length} hashes are too many for ${size} leaves`)
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else hash = nodeHash(hash, sibling)
    fn = half(fn)
    sn = half(sn)
  }
  if (sn !== 0) throw new LogError("bad-proof", `${proof.length} hashes are too few for ${size} leaves`)
  if (!equalBytes(hash, root)) throw new LogError("bad-proof", `leaf ${index} does not lead to the root`)
}

/**
 * Checks that the tree of `oldSize` leaves with `oldRoot` is the beginning of the tree of `size` leaves with `root`.
 *
 * Source: RFC 9162 section 2.1.4.2; the trivial cases (old tree empty, or both the same) take an empty proof.
 *
 * @throws LogError `bad-size`, `bad-proof`.
 */
export function verifyConsistency(
  oldSize: number,
  oldRoot: Uint8Array,
  size: number,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): void {
  if (!isSize(oldSize) || !isSize(size) || oldSize > size)
    throw new LogError("bad-size", `a tree of ${oldSize} leaves cannot begin one of ${size}`)
  checkHashes([oldRoot, ...proof, root], proof.length)
  if (oldSize === size || oldSize === 0) {
    const start = oldSize === 0 ? EMPTY_ROOT : root
    if (proof.length > 0 || !equalBytes(oldRoot, start))
      throw new LogError("bad-proof", "a proof that need not be")
    return
  }
  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : [...proof]
  let fn = oldSize - 1
  let sn = size - 1
  while (isOdd(fn)) {
    fn = half(fn)
    sn = half(sn)
  }
  const first = path.shift()
  if (first === undefined) throw new LogError("bad-proof", "the proof is empty")
  let oldHash = first
  let hash = first
  for (const sibling of path) {
    if (sn === 0) throw new LogError("bad-proof", `${proof.length} hashes are too many for ${size} leaves`)
    if (isOdd(fn) || fn === sn) {
      oldHash = nodeHash(sibling, oldHash)
      hash = nodeHash(sibling, hash)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else hash = nodeHash(hash, sibling)
    fn = half(fn)
    sn = half(sn)
  }
  if (sn !== 0) throw new LogError("bad-proof", `${proof.length} hashes are too few for ${size} leaves`)
  if (!equalBytes(oldHash, oldRoot))
    throw new LogError("bad-proof", "the proof does not lead to the old root")
  if (!equalBytes(hash, root)) throw new LogError("bad-proof", "the proof does not lead to the new root")
}

function checkHashes(hashes: readonly Uint8Array[], proofLength: number): void {
  if (proofLength > MAX_PROOF_HASHES) throw new LogError("bad-proof", `${proofLength} hashes`)
  for (const hash of hashes)
    if (hash.length !== HASH_BYTES) throw new LogError("bad-proof", `a hash of ${hash.length} bytes`)
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function isOdd(value: number): boolean {
  return value % 2 === 1
}

function half(value: number): number {
  return Math.floor(value / 2)
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value)) && 2 ** Math.log2(value) === value
}
