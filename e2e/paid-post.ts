import { splitBundle } from "@govah/core/cell"
import { doWork, formatWork, parsePrice } from "@govah/core/work"
import { nodePrimitives as p } from "@govah/node"

/** What a sender writes into `Govah-Work` for a bundle. @param price - what `GET /price` answered. */
export async function workFor(price: Uint8Array, bundle: Uint8Array): Promise<string> {
  const target = parsePrice(price)
  const ids = await Promise.all(splitBundle(bundle).cells.map(async (cell) => await p.sha256(cell)))
  return formatWork({ day: target.day, nonces: doWork(target, ids, target.bits) })
}
