import type { PackFrameKind } from "./frame.ts"
import type { PackPlan } from "./plan.ts"

/** Cells between two heads. One head and one cell of the table for each 16: 11 % of the stream, and a start within 17. */
const CELLS_BETWEEN_HEADS = 16

/** What is sent next. */
export interface Slot {
  readonly kind: PackFrameKind
  readonly number: number
}

/**
 * One turn of the carousel: every cell once, with the head and cells of the table between them. Cells go by number, so
 * that neighbours are of different groups (`plan.ts`). Whoever begins anywhere and listens for as long as a turn meets
 * every cell; each turn begins only one cell later, so that a fault of the same period does not always hit the same ones.
 *
 * @param tableCells - the table's cells, repair included.
 * @param turn - from 0.
 */
export function* carouselTurn(plan: PackPlan, tableCells: number, turn: number): Generator<Slot, void, void> {
  const heads = Math.ceil(plan.cells / CELLS_BETWEEN_HEADS)
  for (let i = 0; i < plan.cells; i++) {
    if (i % CELLS_BETWEEN_HEADS === 0) {
      yield { kind: "head", number: 0 }
      const slot = turn * heads + i / CELLS_BETWEEN_HEADS
      yield { kind: "table", number: slot % tableCells }
      // A short turn has fewer heads than the table has cells: send the rest of it at once.
      if (i === 0)
        for (let n = heads; n < tableCells; n++) yield { kind: "table", number: (slot + n) % tableCells }
    }
    yield { kind: "cell", number: (turn + i) % plan.cells }
  }
}
