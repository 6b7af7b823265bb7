import type { PassphraseLanguage } from "@govah/core/passphrase"
import { type Signal, signal } from "@preact/signals"
import type { Request } from "../engine/protocol.ts"
import type { WordsRead } from "../engine/witness-requests.ts"
import type { Engine } from "./engine.ts"

/** Where somebody with a public card stands before they have joined. All of it is in memory alone. */
export interface WitnessState {
  readonly step: Signal<"card" | "fresh" | "proof" | "back">
  /** Seven words that the engine drew, until they are joined with. */
  readonly proposed: Signal<readonly string[] | null>
  /** What is wrong with words that were typed. */
  readonly trouble: Signal<Exclude<WordsRead["state"], "words"> | "other-words" | null>
  /** Places from 0 of typed words that are in no list. */
  readonly places: Signal<readonly number[]>
  readonly propose: (language: PassphraseLanguage) => Promise<void>
  /**
   * Reads words back, and takes them to join with.
   *
   * @param proposed - what they must be; null where they are brought from elsewhere.
   * @returns whether they were taken.
   */
  readonly take: (typed: string, proposed: string | null) => Promise<boolean>
  /** What to ask the engine for, to join a card. */
  readonly asking: (text: string) => Extract<Request, { readonly kind: "enrol-witness" }>
  /** Forgets the words, and goes back to the card. */
  readonly drop: () => void
}

export function createWitness(engine: Engine): WitnessState {
  const step: WitnessState["step"] = signal("card")
  const proposed = signal<readonly string[] | null>(null)
  const trouble: WitnessState["trouble"] = signal(null)
  const places = signal<readonly number[]>([])
  // To join with; null for none: then nobody can come back.
  let chosen: string | null = null
  let cameBack = false
  return {
    step,
    proposed,
    trouble,
    places,
    propose: async (language) => {
      proposed.value = await engine.ask({ kind: "propose-words", language })
    },
    take: async (typed, wanted) => {
      trouble.value = null
      const read = await engine.ask({ kind: "read-words", typed })
      places.value = read.places
      const isOther =
        wanted !== null && (await engine.ask({ kind: "read-words", typed: wanted })).text !== read.text
      if (read.state !== "words") trouble.value = read.state
      else if (isOther) trouble.value = "other-words"
      else {
        chosen = typed
        cameBack = wanted === null
      }
      return trouble.value === null
    },
    asking: (text) => ({ kind: "enrol-witness", text, words: chosen, cameBack }),
    drop: () => {
      step.value = "card"
      proposed.value = null
      trouble.value = null
      chosen = null
      cameBack = false
    },
  }
}
