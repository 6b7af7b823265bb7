import { createServer } from "node:http"
import { getRequestListener } from "@hono/node-server"
import { nodePrimitives } from "@govah/node"
import { createIngest } from "../ingest/ingest.ts"
import { createApp } from "../routes/app.ts"
import { countHeldBytes } from "../routes/held-bytes.ts"
import { openStore } from "../store/store.ts"

// A relay that answers before the disk has the cells. The kill test must catch it: that the real relay loses nothing
// means something only because of this one.
const store = openStore(process.env["GOVAH_RELAY_FILE"] as string, {
  now: () => new Date(),
  primitives: nodePrimitives,
})
const real = createIngest(store)
const hasty = { ...real, put: async (cells: Parameters<typeof real.put>[0]) => void real.put(cells) }
const held = countHeldBytes(2 ** 26)
const app = createApp({ store, ingest: hasty, held, heldByUploads: held, bodyMs: 60_000 })
const listener = getRequestListener(app.fetch)
const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
server.listen(0, "127.0.0.1", () =>
  console.log(`ready on port ${(server.address() as { port: number }).port}`),
)
