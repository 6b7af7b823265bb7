import { createServer } from "node:http"
import { DatabaseSync } from "node:sqlite"
import { getRequestListener } from "@hono/node-server"
import { nodePrimitives } from "@govah/node"
import { createPriceList } from "../price/price-list.ts"
import { openIssued } from "../tokens/issued.ts"
import { rememberRepeats } from "../tokens/repeats.ts"
import { openTokenKeys } from "../tokens/token-keys.ts"
import { createApp } from "../routes/app.ts"
import { countHeldBytes } from "../routes/held-bytes.ts"
import { uploadSessions } from "../session/upload-sessions.ts"
import { openStore } from "../store/sqlite/sqlite-store.ts"

// A relay as careless programs are: the same routes, but it notes who came, when, and with what. The search of the
// seizure test must find all of it; that it finds nothing in the real relay means something only because of this one.
const file = process.env["GOVAH_RELAY_FILE"] as string
const store = openStore(file, { now: () => new Date(), primitives: nodePrimitives })
const held = countHeldBytes(2 ** 26)
const sessions = uploadSessions(nodePrimitives, () => performance.now())
const price = await createPriceList({
  store,
  restBits: 12,
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
// In a file of its own, beside the others.
const notes = new DatabaseSync(`${file}-notes`)
notes.exec("PRAGMA journal_mode = WAL; CREATE TABLE note (at INTEGER, address TEXT, headers TEXT, path TEXT)")

const listener = getRequestListener(app.fetch)
const server = createServer((incoming, outgoing) => {
  const { remoteAddress, remotePort } = incoming.socket
  notes
    .prepare("INSERT INTO note VALUES (?, ?, ?, ?)")
    .run(Date.now(), `${remoteAddress}:${remotePort}`, JSON.stringify(incoming.headers), incoming.url ?? "")
  console.log(Date.now(), remoteAddress, incoming.url, incoming.headers["user-agent"])
  const tail: Buffer[] = []
  // Not by listening: that would set the body flowing before the routes read it.
  const { emit } = incoming
  incoming.emit = (name: string, ...said: unknown[]) => {
    if (name === "data") tail.push((said[0] as Buffer).subarray(-200))
    if (name === "end")
      notes.prepare("INSERT INTO note (headers) VALUES (?)").run(Buffer.concat(tail).toString("latin1"))
    return emit.call(incoming, name, ...said)
  }
  void listener(incoming, outgoing)
})
server.listen(0, "127.0.0.1", () =>
  console.log(`ready on port ${(server.address() as { port: number }).port}`),
)
