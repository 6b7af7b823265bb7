import { fromBase64Url, toBase64Url } from "../bytes/index.ts"
import type { CellId } from "../cell/index.ts"
import { formatCellList } from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import type { RecipientRules } from "./age-header.ts"
import type { SealedCell } from "./cut.ts"
import { sealEnd } from "./parcel-end.ts"
import { SealError } from "./seal-error.ts"
import { beginRoot } from "./seal-root.ts"

/**
 * What a closing root is made from, kept on disk while a recording runs. Nothing of it opens anything: the seed signs
 * this one root and no other is ever believed under it.
 */
export interface RecordingCloser {
  /** Ed25519 seed, 32 B, of the one-time key that the provisional root names. */
  readonly seed: Uint8Array
  /** base64url of 16 B. */
  readonly parcel: string
  /** The desk's verify key, base64url. */
  readonly desk: string
  readonly recipients: readonly string[]
  readonly rules: RecipientRules
  /** The provisional root's cell. */
  readonly provisional: CellId
}

/**
 * Joins what a crash left of a recording: yields padding, annexes and last the closing root.
 *
 * @param slices - plaintext lengths of the slices that are durable; at least one.
 * @param cells - the cells that hold them, the last one filled up.
 * @returns the closing root's id. The parcel is `cells`, the provisional root and what was yielded.
 * @throws SealError
 */
export async function* sealClosing(
  closer: RecordingCloser,
  slices: readonly number[],
  cells: readonly CellId[],
  primitives: Primitives,
): AsyncGenerator<SealedCell, CellId, void> {
  if (slices.length === 0) throw new SealError("bad-report", "a recording without a slice has no end")
  if (fromBase64Url(closer.parcel)?.length !== 16)
    throw new SealError("bad-report", "the parcel's id is damaged")
  // A secret of its own: the one that the recording's cells commit to died with the recorder.
  const forget = primitives.random(32)
  const root = await beginRoot(closer.recipients, forget, closer.rules, primitives)
  const list = formatCellList(cells)
  return yield* sealEnd(
    {
      root,
      forget,
      cellsBefore: cells.length + 1,
      head: {
        v: 1,
        desk: closer.desk,
        parcel: closer.parcel,
        closer: toBase64Url(await primitives.publicKey(closer.seed)),
        provisional: closer.provisional,
        forget: toBase64Url(forget),
      },
      field: "closing",
      contents: (padding) => ({ slices: [...slices], cells: list, padding }),
      seed: closer.seed,
    },
    primitives,
  )
}
