import { concatBytes } from "@govah/core/bytes"
import { encodeBitmap } from "@govah/core/cell"
import type { Primitives } from "@govah/core/primitives"

/**
 * The answer to a bundle: a bitmap of the cells that are durable, then SHA-256 over all ids in the bundle's order.
 *
 * Its length depends on nothing but the number of cells. The hash lets a sender see that these were not the cells it
 * sent: a flipped bit makes another cell, which is stored, and which nobody will ever ask for. Source: `spec/relay.md`.
 *
 * @param ids - 32 bytes each, 1 to 64 of them.
 */
export async function encodeAnswer(
  durable: readonly boolean[],
  ids: readonly Uint8Array[],
  primitives: Pick<Primitives, "sha256">,
): Promise<Uint8Array> {
  return concatBytes(encodeBitmap(durable), await primitives.sha256(concatBytes(...ids)))
}
