import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { fromHex, toHex, utf8Bytes } from "../bytes/index.ts"
import { leafHash, nodeHash } from "./hash.ts"
import { verifyConsistency, verifyInclusion } from "./proof.ts"
import { MerkleTree } from "./tree.ts"

interface Case {
  readonly name: string
  readonly expect: string
  readonly size: number
  readonly proof: string[]
  readonly root: string
}
interface TreeVectors {
  readonly leaves: string[]
  readonly roots: string[]
  readonly inclusion: (Case & { readonly leaf: string; readonly index: number })[]
  readonly consistency: (Case & { readonly oldSize: number; readonly oldRoot: string })[]
}
const vectors = JSON.parse(
  readFileSync(new URL("../../../../vectors/log-tree.json", import.meta.url), "utf8"),
) as TreeVectors

const hex = (text: string): Uint8Array => fromHex(text) as Uint8Array

function outcome(act: () => void): string {
  try {
    act()
    return "accept"
  } catch (error) {
    return `reject:${(error as { code?: string }).code}`
  }
}

test("the reference tree has the reference roots", () => {
  const tree = new MerkleTree()
  for (const [i, leaf] of vectors.leaves.entries()) {
    tree.append(leafHash(hex(leaf)))
    expect(toHex(tree.root())).toBe(vectors.roots[i])
  }
})

describe("inclusion vectors", () => {
  test.each(vectors.inclusion)("$name", (v) => {
    const act = () => verifyInclusion(hex(v.leaf), v.index, v.size, v.proof.map(hex), hex(v.root))
    expect(outcome(act)).toBe(v.expect)
  })
})

describe("consistency vectors", () => {
  test.each(vectors.consistency)("$name", (v) => {
    const act = () => verifyConsistency(v.oldSize, hex(v.oldRoot), v.size, hex(v.root), v.proof.map(hex))
    expect(outcome(act)).toBe(v.expect)
  })
})

// The definition of RFC 9162 section 2.1.1, written as it stands there.
function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 1) return leaves[0] as Uint8Array
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(rootByDefinition(leaves.slice(0, k)), rootByDefinition(leaves.slice(k)))
}

test("every proof in every tree of up to 40 leaves verifies, and fails for any other place", () => {
  const leaves = Array.from({ length: 40 }, (_, i) => leafHash(utf8Bytes(`entry ${i}`)))
  const tree = new MerkleTree()
  for (const leaf of leaves) tree.append(leaf)
  for (let size = 1; size <= 40; size++) {
    const root = tree.root(size)
    expect(root).toEqual(rootByDefinition(leaves.slice(0, size)))
    for (let i = 0; i < size; i++) {
      const proof = tree.inclusionProof(i, size)
      verifyInclusion(leaves[i] as Uint8Array, i, size, proof, root)
      const wrong = (i + 1) % size
      if (wrong !== i) {
        const act = () => verifyInclusion(leaves[i] as Uint8Array, wrong, size, proof, root)
        expect(outcome(act)).toBe("reject:bad-proof")
      }
    }
    for (let old = 0; old <= size; old++) {
      const proof = tree.consistencyProof(old, size)
      verifyConsistency(old, tree.root(old), size, root, proof)
      if (old > 0 && old < size) {
        const forged = leafHash(utf8Bytes("another past"))
        expect(outcome(() => verifyConsistency(old, forged, size, root, proof))).toBe("reject:bad-proof")
      }
    }
  }
})

test("a tree refuses sizes and indexes that it does not have", () => {
  const tree = new MerkleTree()
  tree.append(leafHash(utf8Bytes("one")))
  expect(outcome(() => tree.root(2))).toBe("reject:bad-size")
  expect(outcome(() => tree.root(-1))).toBe("reject:bad-size")
  expect(outcome(() => tree.inclusionProof(1))).toBe("reject:bad-index")
  expect(outcome(() => tree.consistencyProof(2, 1))).toBe("reject:bad-size")
  expect(outcome(() => void leafHash(new Uint8Array(65_536)))).toBe("reject:too-long")
})
