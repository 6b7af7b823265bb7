import { type Signal, signal } from "@preact/signals"
import {
  type Box,
  type BoxCall,
  BoxError,
  callBox,
  decodeBox,
  encodeBox,
  MAX_BOX_BYTES,
} from "../../box/index.ts"
import { download } from "../download.ts"

/** Where the page is one file that may keep nothing: its box, in memory until a person saves it. Null elsewhere. */
export interface PageBox {
  /** Whether something is in it that no saved file holds. */
  readonly unsaved: Signal<boolean>
  readonly failure: Signal<BoxError["code"] | null>
  readonly isEmpty: () => boolean
  /** For a worker that was just started. */
  readonly lend: (worker: Worker) => void
  readonly save: () => Promise<void>
  /** Replaces what is there, which must be nothing. @returns whether it was opened. */
  readonly open: (file: File) => Promise<boolean>
}

/** The edition in one file says so of itself. */
export const IS_SINGLE_FILE: boolean = document.querySelector("meta[name=edition][content=file]") !== null

let only: PageBox | null = null

/** The box of this page; always the same one. */
export function pageBox(): PageBox | null {
  return IS_SINGLE_FILE ? (only ??= createPageBox()) : null
}

function createPageBox(): PageBox {
  let box: Box = new Map()
  const unsaved = signal(false)
  const failure: PageBox["failure"] = signal(null)
  const primitives = {
    sha256: async (bytes: Uint8Array): Promise<Uint8Array> =>
      new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>)),
  }
  addEventListener("beforeunload", (event) => {
    if (unsaved.value) event.preventDefault()
  })
  return {
    unsaved,
    failure,
    isEmpty: () => box.size === 0,
    lend: (worker) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = ({ data }: MessageEvent<{ readonly number: number; readonly call: BoxCall }>) => {
        const { answer, changed } = callBox(box, data.call)
        if (changed) unsaved.value = true
        port1.postMessage({ number: data.number, answer })
      }
      worker.postMessage({ port: port2 }, [port2])
    },
    save: async () => {
      const bytes = await encodeBox(box, primitives)
      download("box.bin", new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/octet-stream" }))
      unsaved.value = false
    },
    open: async (file) => {
      failure.value = null
      try {
        if (file.size > MAX_BOX_BYTES) throw new BoxError("too-long", `${file.size} bytes`)
        box = await decodeBox(new Uint8Array(await file.arrayBuffer()), primitives)
        unsaved.value = false
        return true
      } catch (error) {
        failure.value = error instanceof BoxError ? error.code : "damaged"
        return false
      }
    },
  }
}
