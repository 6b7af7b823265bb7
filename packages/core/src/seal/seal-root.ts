import { concatBytes, gatherBytes, toHex } from "../bytes/index.ts"
import { CELL_BYTES, type CellId, commitTo, forgetToken } from "../cell/index.ts"
import { MAX_HEADER_BYTES, NONCE_BYTES, TAG_BYTES } from "../parcel/index.ts"
import type { Primitives } from "../primitives/index.ts"
import { makeAgeHeader, type RecipientRules } from "./age-header.ts"
import { SealError } from "./seal-error.ts"
import { sealPayload } from "./seal-payload.ts"

/** A root cell whose header is made and whose plaintext is not written yet. */
export interface OpenRoot {
  /** Bytes of plaintext that fill the cell exactly. */
  readonly capacity: number
  /** @param plaintext - at most {@link capacity} bytes; filled up with spaces. */
  seal(plaintext: Uint8Array): Promise<{ readonly id: CellId; readonly cell: Uint8Array }>
}

/**
 * Starts a root cell: one whole age file that fills its cell.
 *
 * @param forget - the parcel's forget secret, 32 B.
 * @param index - which root of this secret it is: 0, or 1 for a provisional root (`spec/cell.md`).
 * @throws SealError `bad-recipient`, `mixed-recipients`; `too-long` where the recipients leave no room.
 */
export async function beginRoot(
  recipients: readonly string[],
  forget: Uint8Array,
  rules: RecipientRules,
  primitives: Primitives,
  index: 0 | 1 = 0,
): Promise<OpenRoot> {
  const commitment = commitTo(forgetToken(forget, "root", index))
  const header = await makeAgeHeader(recipients, commitment, rules)
  if (header.bytes.length > MAX_HEADER_BYTES) {
    throw new SealError("too-long", `${recipients.length} recipients do not fit in one root cell`)
  }
  const capacity = CELL_BYTES - header.bytes.length - NONCE_BYTES - TAG_BYTES
  return {
    capacity,
    seal: async (plaintext) => {
      if (plaintext.length > capacity) {
        throw new SealError("too-long", `a root holds ${capacity} bytes, not ${plaintext.length}`)
      }
      const filled = new Uint8Array(capacity).fill(0x20)
      filled.set(plaintext)
      const payload = await gatherBytes(sealPayload(header.fileKey, [filled], primitives))
      header.fileKey.fill(0)
      const cell = concatBytes(header.bytes, payload)
      if (cell.length !== CELL_BYTES)
        throw new RangeError(`a root cell is ${CELL_BYTES} bytes, not ${cell.length}`)
      return { id: toHex(await primitives.sha256(cell)) as CellId, cell }
    },
  }
}
