import type { IncomingMessage } from "node:http"
import { isPaid, parseWork, WORK_DAYS } from "@govah/core/work"
import type { NamedCell } from "../store/port.ts"
import { RefusalError } from "./errors.ts"
import type { Room } from "./room.ts"

/** How a post is paid for. */
export interface Payment {
  /** Whether every one of these cells is paid; asked before anything is stored. @throws RefusalError `work-needed`. */
  check(cells: readonly NamedCell[]): Promise<void>
}

/**
 * Reads how a post is paid for, before its body: without a payment that could be one, no byte of it is held.
 *
 * @throws RefusalError `work-needed`.
 */
export async function readPayment({ headers }: IncomingMessage, room: Room): Promise<Payment> {
  const bits = await room.price.accepted()
  // A relay that asks nothing needs no header.
  if (bits === 0) return { check: async () => undefined }
  const received = headers["govah-work"]
  const work = typeof received === "string" ? parseWork(received) : null
  const { store } = room
  if (work === null || Math.abs(work.day - store.today()) > WORK_DAYS) throw new RefusalError("work-needed")
  const { relay } = await room.price.now()
  return {
    async check(cells) {
      if (cells.length > work.nonces.length) throw new RefusalError("work-needed")
      for (const [i, { id }] of cells.entries()) {
        const target = { relay, day: work.day }
        const nonce = work.nonces[i] as Uint8Array
        if (!(await isPaid(target, id, nonce, bits, store.deps.primitives)))
          throw new RefusalError("work-needed")
      }
    },
  }
}
