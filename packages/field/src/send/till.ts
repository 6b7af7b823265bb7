import { fromHex } from "@govah/core/bytes"
import type { CellId } from "@govah/core/cell"
import { formatWork, parsePrice, type Price, PRICE_BYTES, searchWork, WorkError } from "@govah/core/work"
import { formatToken } from "@govah/core/token"
import type { Purse } from "../purse/index.ts"
import { type Road, RoadError, type RoadHeaders } from "../road/index.ts"
import { refusal } from "./bundle-answer.ts"

/** Pays one relay for cells: with work, at its price; where that is not enough, with a token. */
export interface Till {
  /**
   * What goes with a bundle of these cells, in their order, as headers. Works for those that nobody worked for ahead.
   *
   * @throws RoadError what asking for the price throws; `too-dear`, `bad-answer`, `refused`.
   */
  payFor(ids: readonly CellId[]): Promise<RoadHeaders>
  /** Works for cells that will be sent soon, as long as nobody pays: while the line is busy, this machine is not. */
  workAhead(ids: readonly CellId[]): void
  /**
   * Whether another payment is worth a try where this one was answered so. The price is asked for again where the work was
   * too little; tokens are used from now on where the relay's open share is full.
   */
  paysAnew(payment: RoadHeaders, status: number): Promise<boolean>
  /** Nobody works any more. */
  close(): void
}

const TOKEN_HEADER = "Govah-Token"

/** Tries after which others get their turn: ten milliseconds on a slow phone. */
const SLICE_TRIES = 4_096

/** At so many bits a token is worth more than the work for a bundle of some cells. */
const DEAR_BITS = 15
const DEAR_CELLS = 4

/** Tokens that a relay may refuse before it is given no more of them. */
const MOST_REFUSED = 2

/**
 * @param address - the relay's, without a slash at the end. The price is asked for once, when somebody pays.
 * @param purse - where tokens come from; left out, there are none.
 */
export function openTill(address: string, road: Road, purse: Purse | null = null): Till {
  let price: Promise<Price> | null = null
  let nonces = new Map<CellId, Uint8Array>()
  let paying = 0
  let isClosed = false
  let ahead: CellId[] = []
  let isWorkingAhead = false
  let isFull = false
  let refused = 0

  async function askPrice(): Promise<Price> {
    const answer = await road.get(`${address}/price`, PRICE_BYTES)
    if (answer.status !== 200) throw refusal(answer)
    try {
      return parsePrice(answer.body)
    } catch (cause) {
      if (!(cause instanceof WorkError)) throw cause
      const code = cause.code === "too-dear" ? "too-dear" : "bad-answer"
      throw new RoadError(code, `${cause.message}; nothing was sent`, { cause })
    }
  }

  async function currentPrice(): Promise<Price> {
    const mine = (price ??= askPrice())
    try {
      return await mine
    } catch (error) {
      // The next one asks anew.
      if (price === mine) price = null
      throw error
    }
  }

  /** @param goesOn - asked between slices. @returns null where it was stopped. */
  async function work(at: Price, id: CellId, goesOn: () => boolean): Promise<Uint8Array | null> {
    const known = nonces.get(id)
    if (known !== undefined) return known
    const search = searchWork(at, fromHex(id) as Uint8Array, at.bits)
    const found = nonces
    while (goesOn()) {
      const nonce = search.step(SLICE_TRIES)
      if (nonce !== null) {
        found.set(id, nonce)
        return nonce
      }
      await othersTurn()
    }
    return null
  }

  async function goAhead(): Promise<void> {
    const at = await currentPrice()
    while (ahead.length > 0 && paying === 0 && !isClosed) {
      await work(at, ahead[0] as CellId, () => paying === 0 && !isClosed)
      if (paying === 0) ahead.shift()
      await othersTurn()
    }
  }

  // Only of a key that the relay names to everybody: one that it showed to a single desk would say whose the token is.
  async function takeToken(at: Price): Promise<string | null> {
    if (purse === null || refused >= MOST_REFUSED) return null
    const token = await purse.take(at.tokenKeys)
    return token === null ? null : formatToken(token)
  }

  function startAhead(): void {
    if (isWorkingAhead || isClosed) return
    isWorkingAhead = true
    // What fails here fails again for whoever pays, and is told there.
    goAhead()
      .catch(() => undefined)
      .finally(() => {
        isWorkingAhead = false
      })
  }

  return {
    async payFor(ids) {
      paying++
      try {
        const at = await currentPrice()
        const token =
          isFull || (at.bits >= DEAR_BITS && ids.length >= DEAR_CELLS) ? await takeToken(at) : null
        if (token !== null) return { [TOKEN_HEADER]: token }
        const done: Uint8Array[] = []
        for (const id of ids) {
          const nonce = await work(at, id, () => !isClosed)
          if (nonce === null) throw new RoadError("unreachable", "sending was stopped")
          done.push(nonce)
        }
        for (const id of ids) nonces.delete(id)
        return { "Govah-Work": formatWork({ day: at.day, nonces: done }) }
      } finally {
        paying--
      }
    },
    workAhead(ids) {
      ahead = [...ids]
      startAhead()
    },
    async paysAnew(payment, status) {
      if (status === 428) {
        price = null
        nonces = new Map()
        return true
      }
      const byToken = TOKEN_HEADER in payment
      if (status === 403 && byToken) {
        refused++
        return true
      }
      if (status !== 507 || byToken || isFull || purse === null) return false
      isFull = true
      return true
    },
    close() {
      isClosed = true
    },
  }
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0)
  })
}
