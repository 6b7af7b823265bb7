import { concatBytes, fromBase64Url, fromHex, toBase64Url, toHex } from "../bytes/index.ts"
import type { CellId } from "../cell/index.ts"

/** Cell ids as a root writes them: 32 bytes each, joined, base64url. */
export function formatCellList(ids: readonly CellId[]): string {
  return toBase64Url(concatBytes(...ids.map((id) => fromHex(id) as Uint8Array)))
}

/** The ids in a list, or null where it is not whole ids in canonical base64url. */
export function parseCellList(text: string): readonly CellId[] | null {
  const bytes = fromBase64Url(text)
  if (bytes === null || bytes.length % 32 !== 0) return null
  const ids: CellId[] = []
  for (let offset = 0; offset < bytes.length; offset += 32) {
    ids.push(toHex(bytes.subarray(offset, offset + 32)) as CellId)
  }
  return ids
}
