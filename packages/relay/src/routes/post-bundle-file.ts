import type { IncomingMessage } from "node:http"
import { Busboy, type BusboyHeaders } from "@fastify/busboy"
import { CELL_BYTES } from "@govah/core/cell"
import { readCarriedFile } from "@govah/core/veil"
import { MAX_POST_CELLS, MAX_UPLOAD_FILES } from "../limits.ts"
import { nameCells } from "../ingest/name-cells.ts"
import type { UploadOutcome } from "../words/words.ts"
import { RefusalError, refusalCode, STATUS_BY_CODE } from "./errors.ts"
import { looksSealed } from "./looks-sealed.ts"
import { outcomePage } from "./plain-page.ts"
import type { Room, RouteContext } from "./room.ts"

/**
 * `POST /bundle-file`: the form of the plain page, for a browser that has no cryptography here (plain http on a
 * hotspot) and carries a bundle that was sealed elsewhere. Any length: each batch of cells is durable before the next
 * is read. File names, and whatever else the form holds, are dropped.
 *
 * The answer is a page, also where something went wrong, and says how much is safe.
 */
export async function postBundleFile(context: RouteContext, room: Room): Promise<Response> {
  const kept = { pieces: 0, cutBytes: 0, damaged: 0 }
  let outcome: UploadOutcome
  try {
    room.heldByUploads.hold(UPLOAD_BYTES)
    try {
      await readForm(context.env.incoming, async (file) => {
        let isFirst = true
        const { primitives } = room.store.deps
        const taken = await readCarriedFile(file, primitives, async (cells, kind) => {
          // What lies under a veil was put there by a program: only a plain file can be chosen by mistake.
          if (isFirst && kind === "plain" && !looksSealed(cells[0] as Uint8Array)) throw new NotSealed()
          isFirst = false
          await room.store.put({ cells: await nameCells(cells, primitives), lane: "open" })
          kept.pieces += cells.length
        })
        kept.cutBytes += taken.cutBytes
        kept.damaged += taken.damaged
      })
    } finally {
      room.heldByUploads.release(UPLOAD_BYTES)
    }
    if (kept.pieces > 0) outcome = { kind: "kept", ...kept }
    else outcome = { kind: kept.cutBytes > 0 ? "not-sealed" : "no-file" }
  } catch (error) {
    if (error instanceof NotSealed) outcome = { kind: "not-sealed" }
    else outcome = { kind: "refused", code: refusalCode(error), pieces: kept.pieces }
  }
  const response = outcomePage(statusOf(outcome), outcome)
  if (!context.env.incoming.complete) response.headers.set("Connection", "close")
  return response
}

/** The first whole cell of a file is not sealed: nothing of that file is kept. */
class NotSealed extends Error {}

// One batch of cells, once more without its veils, and what the parser and the socket hold.
const UPLOAD_BYTES = MAX_POST_CELLS * CELL_BYTES * 3

function statusOf(outcome: UploadOutcome): number {
  if (outcome.kind === "refused") return STATUS_BY_CODE[outcome.code]
  return outcome.kind === "kept" ? 200 : STATUS_BY_CODE.malformed
}

// Files are handled one after another: the parser waits while one is stored, and so does the sender.
function readForm(
  incoming: IncomingMessage,
  handle: (file: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const limits = {
    files: MAX_UPLOAD_FILES,
    fields: 0,
    parts: 2 * MAX_UPLOAD_FILES,
    headerPairs: 16,
    headerSize: 4096,
  }
  let form: InstanceType<typeof Busboy>
  try {
    form = new Busboy({ headers: incoming.headers as BusboyHeaders, limits })
  } catch (error) {
    return Promise.reject(new RefusalError("malformed", { cause: error }))
  }
  return new Promise((resolve, reject) => {
    let handled = Promise.resolve()
    function stop(error: Error): void {
      incoming.unpipe(form)
      incoming.pause()
      reject(error)
    }
    function cut(): void {
      form.destroy()
      stop(new RefusalError("malformed"))
    }
    form.on("file", (_field, file) => {
      // A cut upload is an error of the file, which may come before its turn to be read.
      file.on("error", () => undefined)
      incoming.once("close", () => incoming.complete || file.destroy(new RefusalError("malformed")))
      handled = handled.then(() => handle(file))
      handled.catch(stop)
    })
    form.on("finish", () => void handled.then(resolve, reject))
    form.on("error", cut)
    incoming.on("error", cut).on("close", () => incoming.complete || cut())
    incoming.pipe(form)
  })
}
