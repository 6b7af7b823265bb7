import { nodePrimitives as primitives } from "@govah/node"
import { makeSets } from "../feed/receipt-sets.ts"

/** The sets that a desk with so many new receipts makes. */
export async function divideForTest(tags: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
  const receipts = tags.map((tag) => ({ root: "0".repeat(64) as never, tag }))
  const sets = await makeSets({ deps: { primitives, now: () => new Date() } }, receipts, "2026-01-10")
  return sets.map(({ bytes }) => bytes)
}
