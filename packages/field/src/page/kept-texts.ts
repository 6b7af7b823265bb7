import { type Signal, effect, signal, untracked } from "@preact/signals"
import {
  type Gazetteer,
  GazetteerError,
  type GazetteerErrorCode,
  MAX_GAZETTEER_BYTES,
  parseGazetteer,
} from "../place/index.ts"
import type { Engine } from "./engine.ts"
import { usePack } from "./gazetteer.ts"
import type { Lock } from "./lock.ts"

/** What a person chose for the page itself, kept sealed, and gone from memory when it is locked. */
export interface KeptTexts {
  readonly pack: Signal<
    (Pick<Gazetteer, "title" | "attribution" | "licence"> & { readonly count: number }) | null
  >
  readonly put: (name: "places" | "language", text: string | null) => Promise<boolean>
  /** Reads a pack that somebody handed over, and keeps it. @returns what is wrong, or null. */
  readonly openPack: (file: File) => Promise<GazetteerErrorCode | "not-kept" | null>
  readonly removePack: () => Promise<void>
}

/** @param onLanguage - given the language that was kept, when the lock opens. */
export function createKeptTexts(
  engine: Engine,
  lock: Lock,
  onLanguage: (language: string) => void,
): KeptTexts {
  const pack: KeptTexts["pack"] = signal(null)
  const use = (gazetteer: Gazetteer | null): void => {
    const { title = "", attribution = "", licence = "", places = [] } = gazetteer ?? {}
    pack.value = gazetteer === null ? null : { title, attribution, licence, count: places.length }
    usePack(gazetteer)
  }
  async function recall(): Promise<void> {
    const [language, text] = await Promise.all([
      engine.ask({ kind: "kept-text", name: "language" }),
      engine.ask({ kind: "kept-text", name: "places" }),
    ])
    if (language !== null) onLanguage(language)
    if (text !== null) use(parseGazetteer(text))
  }
  async function put(name: "places" | "language", text: string | null): Promise<boolean> {
    if (lock.state.value !== "open") return false
    return await engine.ask({ kind: "kept-text", name, put: text }).then(
      () => true,
      () => false,
    )
  }
  effect(() => {
    const isOpen = lock.state.value === "open"
    // What cannot be read is as if it had not been kept.
    untracked(() => (isOpen ? void recall().catch(() => undefined) : use(null)))
  })
  return {
    pack,
    put,
    openPack: async (file) => {
      try {
        if (file.size > MAX_GAZETTEER_BYTES) return "too-long"
        const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer())
        use(parseGazetteer(text))
        return (await put("places", text)) ? null : "not-kept"
      } catch (error) {
        return error instanceof GazetteerError ? error.code : "not-one"
      }
    },
    removePack: async () => {
      use(null)
      await put("places", null)
    },
  }
}
