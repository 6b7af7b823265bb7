import { createHash } from "node:crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { DatabaseSync } from "node:sqlite"
import { CELL_BYTES } from "@govah/core/cell"

/** How a store can betray order without a word about anybody. */
export type LeakyLayout =
  /** Keyed by hash, as careful programs do; but the rows of one commit lie where the file then ended. */
  | "commit order"
  /** A row number for each arrival. */
  | "arrival numbers"

/** A store that answers posts. */
export interface LeakyStore {
  readonly url: string
  close(): Promise<void>
}

const LAYOUTS: Readonly<Record<LeakyLayout, string>> = {
  "commit order": "CREATE TABLE cell (id BLOB PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID",
  "arrival numbers": "CREATE TABLE cell (number INTEGER PRIMARY KEY, id BLOB NOT NULL, body BLOB NOT NULL)",
}

/** Starts a store that links what it should not: that an examiner finds nothing elsewhere means something only then. */
export async function startLeakyStore(file: string, layout: LeakyLayout): Promise<LeakyStore> {
  const db = new DatabaseSync(file)
  db.exec(`PRAGMA journal_mode = WAL; ${LAYOUTS[layout]}`)
  const insert = db.prepare("INSERT INTO cell (id, body) VALUES (?, ?)")
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk))
    incoming.on("end", () => {
      const bundle = Buffer.concat(chunks)
      db.exec("BEGIN")
      for (let at = 0; at + CELL_BYTES <= bundle.length; at += CELL_BYTES) {
        const body = bundle.subarray(at, at + CELL_BYTES)
        insert.run(createHash("sha256").update(body).digest(), body)
      }
      db.exec("COMMIT")
      outgoing.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      db.exec("PRAGMA wal_checkpoint(TRUNCATE)")
      db.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
