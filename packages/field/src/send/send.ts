import { concatBytes } from "@govah/core/bytes"
import type { Primitives } from "@govah/core/primitives"
import { type Outbox, OutboxError } from "../outbox/index.ts"
import {
  addressOn,
  type OpenRoads,
  type RelayAddress,
  type Road,
  type RoadAnswer,
  type RoadHeaders,
} from "../road/index.ts"
import { MAX_ANSWER_BYTES } from "./bundle-answer.ts"
import type { Purse } from "../purse/index.ts"
import { postPaid } from "./post-paid.ts"
import { postInSession } from "./post-in-session.ts"
import { sendAtPace } from "./send-at-pace.ts"
import { inSendingOrder, type WaitingCell, type WaitingParcel } from "./send-order.ts"
import { openTill, type Till } from "./till.ts"

/** How far the sending to one relay has come. */
export interface SendProgress {
  /** The relay's address as the card has it. */
  readonly relay: string
  /** Cells that this relay has acknowledged, of `total`, over all parcels being sent. */
  readonly acknowledged: number
  readonly total: number
}

/** What one sending did. */
export interface SendOutcome {
  readonly relay: string
  /** Cells newly acknowledged. */
  readonly sent: number
  /** Cells that this relay has not acknowledged, damaged ones included. */
  readonly left: number
  /** Cells that were changed on this disk and can no longer be sent. */
  readonly damaged: number
}

/** What sending needs of the world. */
export interface SendPorts {
  readonly outbox: Outbox
  readonly road: Road
  readonly open: OpenRoads
  readonly primitives: Primitives
  /** Called before the first request and after each answer. */
  readonly onProgress?: (progress: SendProgress) => void
  /** Tokens that pay where work does not; left out, there are none. */
  readonly purse?: Purse
  /** Shared by all who send from one outbox at the same time; left out, nobody else does. */
  readonly inTurn?: InTurn
  /** Asked before each request: once true, nothing more is begun, and what is under way is waited for. */
  readonly isStopped?: () => boolean
  /** Told of cells that a relay has acknowledged just now. */
  readonly onAcknowledged?: (parcel: string, relay: string, cells: number) => void
}

/**
 * Sends to one relay what it has not acknowledged, words before media (`send-order.ts`): several small requests at once,
 * so that a line that is cut every few seconds loses little (`pace.ts`).
 *
 * May be called again at any time and after any failure: only what was not acknowledged is sent. Nothing is marked
 * that the relay's answer does not prove, and nothing leaves by another road than the relay's own.
 *
 * @param parcels - ids to send, or null for everything that waits.
 * @throws RoadError, after a few tries in which nothing came through: what was acknowledged until then stays so.
 */
export async function sendWaiting(
  relay: RelayAddress,
  parcels: readonly string[] | null,
  ports: SendPorts,
): Promise<SendOutcome> {
  const { outbox, primitives } = ports
  const address = addressOn(relay, ports.open)
  const inTurn = ports.inTurn ?? queueOfWork()
  const waiting: WaitingParcel[] = []
  const kept = await inTurn(async () => {
    const listed = (await outbox.list()).filter(
      (parcel) => parcel.state === "kept" && (parcels === null || parcels.includes(parcel.id)),
    )
    for (const parcel of listed)
      waiting.push({ ...parcel, lacking: await outbox.unacknowledged(parcel.id, relay.url) })
    return listed
  })
  const lacking = waiting.reduce((sum, parcel) => sum + parcel.lacking.length, 0)
  const total = kept.reduce((sum, parcel) => sum + parcel.cells, 0)
  const progress = { sent: 0, damaged: 0 }
  const report = (): void =>
    ports.onProgress?.({
      relay: relay.url,
      acknowledged: total - lacking + progress.sent,
      total,
    })
  report()

  const queue = inSendingOrder(waiting, primitives)
  const till = openTill(address, ports.road, ports.purse)
  const line: Line = {
    address,
    relay: relay.url,
    till,
    inTurn,
    whileBusy: () => till.workAhead(queue.slice(0, MOST_AHEAD).map(({ cell }) => cell.id)),
  }
  try {
    await sendAtPace(
      queue,
      async (batch) => {
        const { sent, damaged, left } = await sendBundle(line, batch, ports)
        queue.unshift(...left.map(({ parcel, cell }) => ({ parcel, cell })))
        progress.sent += sent
        progress.damaged += damaged
        report()
      },
      ports.isStopped,
    )
  } finally {
    till.close()
  }
  return {
    relay: relay.url,
    sent: progress.sent,
    left: lacking - progress.sent,
    damaged: progress.damaged,
  }
}

/** Does a piece of work after those that were handed in before it. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/** One piece of work after another: an outbox is read and marked by one request at a time. */
export function queueOfWork(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}

/** What all bundles to one relay share. */
interface Line {
  /** Where it is asked, without a slash at the end. */
  readonly address: string
  /** The relay's address as the card has it. */
  readonly relay: string
  readonly till: Till
  readonly inTurn: InTurn
  /** Called when a bundle was handed to the line. */
  whileBusy(): void
}

/** Most cells that are worked for ahead: a few bundles of a slow line; on a fast one work is what is waited for. */
const MOST_AHEAD = 64

async function sendBundle(
  { address, relay, till, inTurn, whileBusy }: Line,
  batch: readonly WaitingCell[],
  { outbox, road, primitives, onAcknowledged }: SendPorts,
): Promise<{ sent: number; damaged: number; left: readonly WaitingCell[] }> {
  const sendable: (WaitingCell & { readonly bytes: Uint8Array })[] = []
  await inTurn(async () => {
    for (const { parcel, cell } of batch) {
      try {
        sendable.push({ parcel, cell, bytes: await outbox.readCell(parcel, cell) })
      } catch (error) {
        // One bad cell must not hold the others back.
        if (!(error instanceof OutboxError)) throw error
      }
    }
  })
  const damaged = batch.length - sendable.length
  if (sendable.length === 0) return { sent: 0, damaged, left: [] }
  const ids = sendable.map(({ cell }) => cell.id)
  const bundle = concatBytes(...sendable.map(({ bytes }) => bytes))
  async function post(headers: RoadHeaders): Promise<RoadAnswer> {
    const posting = road.post(`${address}/cells`, bundle, MAX_ANSWER_BYTES, headers)
    whileBusy()
    return await posting
  }
  const { stored, isCut } = await postInSession(ids, address, { road, primitives }, (session) =>
    postPaid(till, ids, (payment) => post({ ...payment, ...session })),
  )
  const indexesByParcel = new Map<string, number[]>()
  sendable.forEach(({ parcel, cell }, i) => {
    if (stored[i] !== true) return
    const indexes = indexesByParcel.get(parcel) ?? []
    indexes.push(cell.index)
    indexesByParcel.set(parcel, indexes)
  })
  await inTurn(async () => {
    for (const [parcel, indexes] of indexesByParcel) {
      await outbox.acknowledge(parcel, relay, indexes)
      onAcknowledged?.(parcel, relay, indexes.length)
    }
  })
  const left = isCut ? sendable.filter((_, i) => stored[i] !== true) : []
  return { sent: stored.filter(Boolean).length, damaged, left }
}
