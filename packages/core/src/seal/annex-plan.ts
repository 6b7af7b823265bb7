import { BODY_BYTES, padme } from "../cell/index.ts"
import { payloadBytes } from "../parcel/index.ts"

/** How many padding cells a parcel gets, and how long its annex becomes, so that the total is a Padmé number. */
export interface AnnexPlan {
  /** Cells of random bytes. */
  readonly padding: number
  /** Bytes that the outermost annexed document is filled up to with spaces; 0 where nothing is annexed. */
  readonly annexBytes: number
  /** All cells of the parcel. */
  readonly total: number
}

/** Everything the plan depends on. */
export interface PlanInput {
  /** Cells of attachments, and 1 for the root. */
  readonly fixedCells: number
  /** Bytes of the body's JSON with an empty padding list. */
  readonly bodyBytes: number
  /** Bytes of body JSON that fit inside the root. */
  readonly inlineRoom: number
  /** Bytes of annex JSON (descriptor) that fit inside the root. */
  readonly annexRoom: number
  /** Bytes of an annex descriptor with an empty cell list. */
  readonly descriptorBytes: number
}

/** Characters of base64url for `count` cell ids. */
function listChars(count: number): number {
  return Math.ceil((count * 32 * 4) / 3)
}

/** Cells of an annexed document of `bytes`, with the annexes that its own cell list needs. */
function annexCells(bytes: number, input: PlanInput): number {
  const cells = Math.ceil(payloadBytes(bytes) / BODY_BYTES)
  const descriptor = input.descriptorBytes + listChars(cells)
  return descriptor <= input.annexRoom ? cells : cells + annexCells(descriptor, input)
}

/**
 * Chooses padding so that the whole parcel (attachments, annexes, padding, root) shows only its Padmé class.
 *
 * The list of padding cells stands in the body, and so lengthens the annex that holds it: the smallest class for which
 * both agree is searched. Where one more padding cell would cost two (itself and a longer list), the annex is filled
 * with spaces instead.
 */
export function planAnnex(input: PlanInput): AnnexPlan {
  const inlineTotal = padme(input.fixedCells)
  const inlinePadding = inlineTotal - input.fixedCells
  if (input.bodyBytes + listChars(inlinePadding) <= input.inlineRoom) {
    return { padding: inlinePadding, annexBytes: 0, total: inlineTotal }
  }
  for (let total = padme(input.fixedCells + annexCells(input.bodyBytes, input)); ; total = padme(total + 1)) {
    let padding = total - input.fixedCells
    const shown = (): number =>
      input.fixedCells + padding + annexCells(input.bodyBytes + listChars(padding), input)
    while (padding > 0 && shown() > total) padding--
    const annexBytes = input.bodyBytes + listChars(padding)
    for (let filler = 0; filler <= 2; filler++) {
      const filled = annexBytes + filler * BODY_BYTES
      if (input.fixedCells + padding + annexCells(filled, input) === total) {
        return { padding, annexBytes: filled, total }
      }
    }
  }
}
