import { fromBase64Url, fromHex, toBase64Url, toHex } from "../bytes/index.ts"
import type { CellId } from "../cell/index.ts"

const ID_BYTES = 32

/** Cell ids as a root writes them: 32 bytes each, joined, base64url. */
export function formatCellList(ids: readonly CellId[]): string {
  // One array for all: a recording of 1 GiB has 65,000.
  const bytes = new Uint8Array(ids.length * ID_BYTES)
  for (const [i, id] of ids.entries()) bytes.set(fromHex(id) as Uint8Array, i * ID_BYTES)
  return toBase64Url(bytes)
}

/** The ids in a list, or null where it is not whole ids in canonical base64url. */
export function parseCellList(text: string): readonly CellId[] | null {
  const bytes = fromBase64Url(text)
  if (bytes === null || bytes.length % ID_BYTES !== 0) return null
  const ids: CellId[] = []
  for (let offset = 0; offset < bytes.length; offset += ID_BYTES) {
    ids.push(toHex(bytes.subarray(offset, offset + ID_BYTES)) as CellId)
  }
  return ids
}
