import { canonicalJsonBytes, concatBytes, type Json, toBase64Url, toHex } from "../bytes/index.ts"
import { type CellId, cellId } from "../cell/index.ts"
import { type Annex, formatCellList, sliceFileKey } from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { signLine } from "../signed/index.ts"
import { planAnnex } from "./annex-plan.ts"
import { ahead, cutCells, paddingCell, type RunPosition, type SealedCell } from "./cut.ts"
import { sealPayload } from "./seal-payload.ts"
import type { OpenRoot } from "./seal-root.ts"

/** A root that is about to be sealed, and what it is to say. */
export interface ParcelEnd {
  readonly root: OpenRoot
  /** Forget secret of all cells that are made here, 32 B. */
  readonly forget: Uint8Array
  /** Cells of the parcel that there are already. */
  readonly cellsBefore: number
  /** What the root says of itself. */
  readonly head: { readonly [field: string]: Json }
  /** What its contents are called where they lie in the root: else they lie in an annex. */
  readonly field: "body" | "closing"
  /** The contents. @param padding - the list of padding cells. */
  readonly contents: (padding: string) => Json
  /** Ed25519 seed that signs, 32 B. */
  readonly seed: Uint8Array
}

/**
 * Ends a parcel: yields its padding cells, its annexes where the contents do not fit, and last its root, so that all
 * of it shows only its Padmé class.
 *
 * @returns the root's id.
 */
export async function* sealEnd(
  end: ParcelEnd,
  primitives: Primitives,
): AsyncGenerator<SealedCell, CellId, void> {
  const { root, forget, head, field, contents } = end
  const room = root.capacity - SIGNATURE_LINE_BYTES
  const emptyAnnex: Annex = { bytes: 2 ** 40, sha256: "0".repeat(64), key: "A".repeat(43), cells: "" }
  const plan = planAnnex({
    fixedCells: end.cellsBefore + 1,
    bodyBytes: canonicalJsonBytes(contents("")).length,
    inlineRoom: room - canonicalJsonBytes({ ...head, [field]: 0 }).length + 1,
    annexRoom: room - canonicalJsonBytes({ ...head, annex: 0 }).length + 1,
    descriptorBytes: canonicalJsonBytes(emptyAnnex).length,
  })

  const paddingIds: CellId[] = []
  const paddingPosition: RunPosition = { run: "padding", next: 0 }
  for (let i = 0; i < plan.padding; i++) {
    const cell = await named(paddingCell(forget, paddingPosition, primitives), primitives)
    paddingIds.push(cell.id)
    yield cell
  }
  const whole = contents(formatCellList(paddingIds))

  let document: Json = { ...head, [field]: whole }
  let annexed = fillWithSpaces(canonicalJsonBytes(whole), plan.annexBytes)
  const annexPosition: RunPosition = { run: "annex", next: 0 }
  while (canonicalJsonBytes(document).length > room) {
    const key = primitives.random(32)
    const ids: CellId[] = []
    const annex = sealRun(sliceFileKey(key, 0), [annexed], forget, annexPosition, primitives)
    for await (const cell of ahead(annex)) {
      ids.push(cell.id)
      yield cell
    }
    const descriptor: Annex = {
      bytes: annexed.length,
      sha256: toHex(await primitives.sha256(annexed)),
      key: toBase64Url(key),
      cells: formatCellList(ids),
    }
    key.fill(0)
    document = { ...head, annex: descriptor }
    annexed = canonicalJsonBytes({ annex: descriptor })
  }

  const sealed = await root.seal(await signLine("govah-root-v1", document, end.seed, primitives))
  yield { id: sealed.id, bytes: sealed.cell, isAhead: true }
  return sealed.id
}

/** Seals a stream as one payload and cuts it into cells. @param fileKey - 16 B. */
export function sealRun(
  fileKey: Uint8Array,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  forget: Uint8Array,
  position: RunPosition,
  primitives: Primitives,
): AsyncGenerator<SealedCell, void, void> {
  return cutCells(sealPayload(fileKey, source, primitives), forget, position, primitives)
}

/** A line feed, 64 bytes of signature in base64url, a line feed. */
export const SIGNATURE_LINE_BYTES = 88

async function named(bytes: Uint8Array, primitives: Primitives): Promise<SealedCell> {
  return { id: await cellId(bytes, primitives), bytes }
}

function fillWithSpaces(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.length >= length ? bytes : concatBytes(bytes, new Uint8Array(length - bytes.length).fill(0x20))
}
