import type { HttpBindings } from "@hono/node-server"
import type { Context } from "hono"
import type { UploadSessions } from "../session/upload-sessions.ts"
import type { RelayStore } from "../store/port.ts"
import type { PriceList } from "../price/price-list.ts"
import type { Issued } from "../tokens/issued.ts"
import type { Repeats } from "../tokens/repeats.ts"
import type { TokenKeys } from "../tokens/token-keys.ts"
import type { HeldBytes } from "./held-bytes.ts"

/** What every route works with. */
export interface Room {
  readonly store: RelayStore
  readonly held: HeldBytes
  /** The part of {@link held} that uploads of the plain page take; less than all, so that posts always find room. */
  readonly heldByUploads: HeldBytes
  /** What was posted in which upload session. */
  readonly sessions: UploadSessions
  /** Whether desks may ask for ranges of cells that they have lost. */
  readonly restore: boolean
  /** Whole days that cells are kept. */
  readonly retentionDays: number
  /** What posting costs. */
  readonly price: PriceList
  /** The keys of the tokens that this relay takes, how many it has signed, and what it answered to those that came. */
  readonly tokenKeys: TokenKeys
  readonly issued: Issued
  readonly repeats: Repeats
  /** Whether the plain page takes files, without work: for a phone on a hotspot, where no browser can do any. */
  readonly uploads: boolean
  /** Milliseconds for a whole body of known bounds. */
  readonly bodyMs: number
}

/** One request, with Node's own request behind it. */
export type RouteContext = Context<{ Bindings: HttpBindings }>
