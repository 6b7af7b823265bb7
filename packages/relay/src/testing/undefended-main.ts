import { createServer } from "node:http"
import { getRequestListener } from "@hono/node-server"
import { nodePrimitives } from "@govah/node"
import { createPriceList } from "../price/price-list.ts"
import { createApp } from "../routes/app.ts"
import { countHeldBytes } from "../routes/held-bytes.ts"
import { uploadSessions } from "../session/upload-sessions.ts"
import type { Post, RelayStore } from "../store/port.ts"
import { openStore } from "../store/sqlite/sqlite-store.ts"
import { openIssued } from "../tokens/issued.ts"
import { rememberRepeats } from "../tokens/repeats.ts"
import { openTokenKeys } from "../tokens/token-keys.ts"

// A relay that asks for no work and keeps no share of the disk for tokens. The flood test must see it shut everybody out:
// that the real relay does not means something only because of this one.
const real = openStore(
  process.env["GOVAH_RELAY_FILE"] as string,
  { now: () => new Date(), primitives: nodePrimitives },
  { maxBytes: Number(process.env["GOVAH_RELAY_MAX_BYTES"]) },
)
const store: RelayStore = Object.create(real, {
  put: { value: (post: Post) => real.put({ ...post, lane: "reserved" }) },
}) as RelayStore
const held = countHeldBytes(2 ** 26)
const tokenKeys = openTokenKeys(store)
const app = createApp({
  store,
  held,
  heldByUploads: held,
  sessions: uploadSessions(nodePrimitives, () => performance.now()),
  restore: false,
  price: await createPriceList({
    // Of a store that never fills: the price never rises.
    store: Object.create(store, {
      capacity: { value: async () => ({ usedBytes: 0, freeBytes: 1, totalBytes: 1 }) },
    }) as RelayStore,
    restBits: 0,
    heldShare: () => 0,
    tokenKeys: async () => (await tokenKeys.inForce()).map(({ id }) => id),
  }),
  tokenKeys,
  issued: openIssued(store, 10_000),
  repeats: rememberRepeats(),
  uploads: false,
  retentionDays: 60,
  bodyMs: 60_000,
})
const listener = getRequestListener(app.fetch)
const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
server.listen(0, "127.0.0.1", () =>
  console.log(`ready on port ${(server.address() as { port: number }).port}`),
)
