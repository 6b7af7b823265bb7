import { createHash } from "node:crypto"
import { subscribe } from "node:diagnostics_channel"
import type { IncomingMessage } from "node:http"
import { CELL_BYTES } from "@govah/core/cell"

// A relay that remembers, in memory alone, which address sent which cells: nothing of it is ever on the disk. The
// search of a core dump must find it.
const remembered = new Map<string, string[]>()

subscribe("http.server.request.start", (message) => {
  const { request } = message as { readonly request: IncomingMessage }
  const address = `${request.socket.remoteAddress}`
  const chunks: Buffer[] = []
  const push = request.push.bind(request)
  request.push = (chunk: Buffer | null, ...rest) => {
    if (chunk !== null) chunks.push(chunk)
    else remember(address, Buffer.concat(chunks.splice(0)))
    return push(chunk, ...rest)
  }
})

function remember(address: string, bundle: Uint8Array): void {
  const ids: string[] = []
  for (let at = 0; at + CELL_BYTES <= bundle.length; at += CELL_BYTES) {
    const cell = bundle.subarray(at, at + CELL_BYTES)
    ids.push(createHash("sha256").update(cell).digest("hex"))
  }
  const notes = remembered.get(address) ?? []
  notes.push(JSON.stringify({ address, ids }))
  remembered.set(address, notes)
}

await import("../main.ts")
