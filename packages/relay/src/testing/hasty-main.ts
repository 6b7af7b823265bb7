import { createServer } from "node:http"
import { getRequestListener } from "@hono/node-server"
import { nodePrimitives } from "@govah/node"
import { createPriceList } from "../price/price-list.ts"
import { openIssued } from "../tokens/issued.ts"
import { rememberRepeats } from "../tokens/repeats.ts"
import { openTokenKeys } from "../tokens/token-keys.ts"
import { createApp } from "../routes/app.ts"
import { countHeldBytes } from "../routes/held-bytes.ts"
import type { Post, RelayStore } from "../store/port.ts"
import { uploadSessions } from "../session/upload-sessions.ts"
import { openStore } from "../store/sqlite/sqlite-store.ts"

// A relay that answers before the disk has the cells, and gathers them for a while as one would that is in a hurry. The kill test must catch it: that the real relay loses nothing
// means something only because of this one.
const real = openStore(process.env["GOVAH_RELAY_FILE"] as string, {
  now: () => new Date(),
  primitives: nodePrimitives,
})
const store: RelayStore = Object.create(real, {
  put: {
    value: async (post: Post) => {
      setTimeout(() => void real.put(post), 50)
      return { stored: post.cells.length, known: 0 }
    },
  },
}) as RelayStore
const held = countHeldBytes(2 ** 26)
const sessions = uploadSessions(nodePrimitives, () => performance.now())
const price = await createPriceList({
  store,
  restBits: Number(process.env["GOVAH_RELAY_WORK_BITS"]),
  heldShare: () => held.share(),
  tokenKeys: async () => [],
})
const app = createApp({
  store,
  held,
  heldByUploads: held,
  sessions,
  restore: false,
  price,
  tokenKeys: openTokenKeys(store),
  issued: openIssued(store, 0),
  repeats: rememberRepeats(),
  uploads: true,
  retentionDays: 60,
  bodyMs: 60_000,
})
const listener = getRequestListener(app.fetch)
const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
server.listen(0, "127.0.0.1", () =>
  console.log(`ready on port ${(server.address() as { port: number }).port}`),
)
