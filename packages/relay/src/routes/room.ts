import type { HttpBindings } from "@hono/node-server"
import type { Context } from "hono"
import type { Ingest } from "../ingest/ingest.ts"
import type { Store } from "../store/store.ts"
import type { HeldBytes } from "./held-bytes.ts"

/** What every route works with. */
export interface Room {
  readonly store: Store
  readonly ingest: Ingest
  readonly held: HeldBytes
  /** Milliseconds for a whole body of known bounds. */
  readonly bodyMs: number
}

/** One request, with Node's own request behind it. */
export type RouteContext = Context<{ Bindings: HttpBindings }>
