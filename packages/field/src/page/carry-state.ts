import { type Signal, signal } from "@preact/signals"
import type { QrFrames } from "../engine/qr-frames.ts"
import { download } from "./download.ts"
import type { Engine } from "./engine.ts"
import type { QrObject } from "./qr-read.tsx"

/** What came of the last file or picture. An opened file with receipts counts as a check. */
export type Carried = "saved" | "part" | "behind" | "other" | "card" | "card-old" | "joined"

/** The roads without a network. */
export interface CarryState {
  readonly carried: Signal<Carried | null>
  /** The next of several files that carry what waits; null where the next one is the first. */
  readonly carriedNext: Signal<{
    readonly after: string
    readonly part: number
    readonly parts: number
  } | null>
  readonly saveFile: () => Promise<void>
  /** @returns null where it failed. */
  readonly qrFrames: () => Promise<QrFrames | null>
  /** Saves cells that were read from another screen. @returns whether it worked. */
  readonly saveCells: (cells: readonly Uint8Array[]) => Promise<boolean>
  /** Takes a card or an invitation that was read from another screen. */
  readonly readText: (object: Exclude<QrObject, { readonly kind: "cell" }>) => Promise<void>
}

/** @param attempt - runs one thing at a time, and turns what fails into words. */
export function createCarry(
  engine: Engine,
  attempt: (what: "saving" | "opening", work: () => Promise<void>) => Promise<boolean>,
): CarryState {
  const carried: CarryState["carried"] = signal(null)
  const carriedNext: CarryState["carriedNext"] = signal(null)
  return {
    carried,
    carriedNext,
    saveFile: async () => {
      carried.value = null
      await attempt("saving", async () => {
        const after = carriedNext.value?.after ?? ""
        const { name, file, part, parts, next } = await engine.ask({ kind: "save-file", after })
        download(name, file as Blob)
        carried.value = next === null ? "saved" : "part"
        carriedNext.value = next === null ? null : { after: next, part, parts }
      })
    },
    qrFrames: async () => {
      carried.value = null
      let shown: QrFrames | null = null
      await attempt("saving", async () => {
        shown = await engine.ask({ kind: "qr-frames" })
      })
      return shown
    },
    saveCells: async (cells) =>
      await attempt("saving", async () => {
        const { name, file } = await engine.ask({ kind: "save-cells", cells })
        download(name, file as Blob)
      }),
    readText: async ({ kind, text }) => {
      await attempt("opening", async () => {
        if (kind === "invitation") carried.value = "joined"
        else carried.value = (await engine.ask({ kind: "take-card", text })) ? "card" : "card-old"
      })
    },
  }
}
