import type { CellId } from "@govah/core/cell"
import { type RoadAnswer, RoadError, type RoadHeaders } from "../road/index.ts"
import type { Till } from "./till.ts"

/** Most payments for one bundle: by work, at a new price, and by a token. */
const MOST_TRIES = 3

/**
 * Posts a bundle with what it costs: again where the price has risen, and with a token where the open share is full.
 *
 * @param post - posts the bundle with these headers.
 * @throws RoadError what paying and posting throw.
 */
export async function postPaid(
  till: Till,
  ids: readonly CellId[],
  post: (payment: RoadHeaders) => Promise<RoadAnswer>,
): Promise<RoadAnswer> {
  for (let tries = 1; ; tries++) {
    const payment = await till.payFor(ids)
    const answer = await posted(payment, post)
    if (tries === MOST_TRIES || !(await till.paysAnew(payment, answer.status))) return answer
  }
}

// An answer that was lost has spent its token: the very same post again is answered alike.
async function posted(
  payment: RoadHeaders,
  post: (payment: RoadHeaders) => Promise<RoadAnswer>,
): Promise<RoadAnswer> {
  try {
    return await post(payment)
  } catch (error) {
    if (!("Govah-Token" in payment) || !(error instanceof RoadError) || error.code !== "unreachable")
      throw error
    return await post(payment)
  }
}
