import type { IncomingMessage } from "node:http"
import { concatBytes, utf8Bytes } from "@govah/core/bytes"
import { parseToken } from "@govah/core/token"
import { isPaid, parseWork, WORK_DAYS } from "@govah/core/work"
import { RelayError } from "../relay-error.ts"
import type { NamedCell } from "../store/port.ts"
import { RefusalError } from "./errors.ts"
import type { Room } from "./room.ts"

/** How a post is paid for. */
export interface Payment {
  /**
   * Keeps the cells if they are paid for; durable when it resolves. Nothing is stored of what is not paid.
   *
   * @throws RefusalError `work-needed`, `token-refused`; RelayError `full`.
   */
  put(cells: readonly NamedCell[]): Promise<void>
}

/**
 * Reads how a post is paid for, before its body: without a payment that could be one, no byte of it is held.
 *
 * @throws RefusalError `work-needed`, `token-refused`.
 */
export async function readPayment({ headers }: IncomingMessage, room: Room): Promise<Payment> {
  const token = headers["govah-token"]
  if (typeof token === "string") return await readToken(token, room)
  const { store } = room
  const bits = await room.price.accepted()
  const putOpen = async (cells: readonly NamedCell[]): Promise<void> =>
    void (await store.put({ cells, lane: "open" }))
  // A relay that asks nothing needs no header.
  if (bits === 0) return { put: putOpen }
  const received = headers["govah-work"]
  const work = typeof received === "string" ? parseWork(received) : null
  if (work === null || Math.abs(work.day - store.today()) > WORK_DAYS) throw new RefusalError("work-needed")
  const { relay } = await room.price.now()
  return {
    async put(cells) {
      if (cells.length > work.nonces.length) throw new RefusalError("work-needed")
      for (const [i, { id }] of cells.entries()) {
        const nonce = work.nonces[i] as Uint8Array
        const paid = await isPaid({ relay, day: work.day }, id, nonce, bits, store.deps.primitives)
        if (!paid) throw new RefusalError("work-needed")
      }
      await putOpen(cells)
    },
  }
}

// One that is forged, of another relay or of a key whose term is over is refused before the body, all by one answer.
async function readToken(received: string, room: Room): Promise<Payment> {
  const { store } = room
  const { primitives } = store.deps
  const token = parseToken(received)
  const key = token === null ? undefined : (await room.tokenKeys.inForce()).find((one) => one.fits(token))
  if (key === undefined) throw new RefusalError("token-refused")
  const hash = await primitives.sha256(utf8Bytes(received))
  const spends = { hash, untilDay: key.untilDay }
  return {
    async put(cells) {
      const names = concatBytes(...cells.map(({ id }) => id))
      await room.repeats.once(hash, names, async () => {
        try {
          await store.put({ cells, lane: "reserved", spends })
        } catch (error) {
          if (!(error instanceof RelayError) || error.code !== "token-spent") throw error
          throw new RefusalError("token-refused", { cause: error })
        }
      })
    },
  }
}
