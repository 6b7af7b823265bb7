import { fromHex } from "@govah/core/bytes"
import { cellId } from "@govah/core/cell"
import type { Primitives } from "@govah/core/primitives"
import type { NamedCell } from "../store/port.ts"

/** Names cells. @param cells - each exactly one cell long; attacker-controlled. */
export async function nameCells(cells: readonly Uint8Array[], primitives: Primitives): Promise<NamedCell[]> {
  return await Promise.all(
    cells.map(async (body) => ({ id: fromHex(await cellId(body, primitives)) as Uint8Array, body })),
  )
}
