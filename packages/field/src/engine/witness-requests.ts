import { fromBase64Url } from "@govah/core/bytes"
import { type Card, type KeyWords, openCard } from "@govah/core/card"
import type { Stretch } from "@govah/core/lock"
import type { PassphraseLanguage } from "@govah/core/passphrase"
import type { Primitives } from "@govah/core/primitives"
import type { FieldHome } from "../home/index.ts"

/** What was typed as a witness's words: seven of one list, or what is wrong with them, and at which places from 0. */
export interface WordsRead {
  readonly state: "words" | "wrong-count" | "unknown-word"
  readonly places: readonly number[]
  /** The words in their one form; empty where they are not seven of one list. */
  readonly text: string
}

/** What is asked about words before there is a home. */
export type WordsRequest =
  | { readonly kind: "propose-words"; readonly language: PassphraseLanguage }
  | { readonly kind: "read-words"; readonly typed: string }

/** An anonymous witness as the page shows them. */
export interface WitnessShown {
  /** Whether there are words to come back with. */
  readonly canComeBack: boolean
  /** Whether the words were brought here from elsewhere. */
  readonly cameBack: boolean
  /** How many reports have arrived under the words, as far as was heard. */
  readonly arrived: number
}

/** Whether a text means to be a public card, and no invitation. */
export function isCard(text: string): boolean {
  return plain(text).startsWith("govah-card-")
}

/** A public card, and its six words to compare. @param received - attacker-controlled. @throws CardError. */
export async function readCard(
  received: string,
  primitives: Primitives,
): Promise<{ readonly card: Card; readonly keyWords: KeyWords }> {
  const card = await openCard(plain(received), primitives)
  const { wordsOfDesk } = await import("./card-words.ts")
  return { card, keyWords: wordsOfDesk(fromBase64Url(card.key) as Uint8Array) }
}

// Loaded when somebody comes with a card: few do, and the lists of words are half as large as the engine.
export async function answerWords(
  request: WordsRequest,
  primitives: Primitives,
): Promise<readonly string[] | WordsRead> {
  const { proposeWitnessWords, readWitnessWords, WitnessError } = await import("./witness-lists.ts")
  if (request.kind === "propose-words") return await proposeWitnessWords(request.language, primitives)
  try {
    return { state: "words", places: [], text: await readWitnessWords(request.typed) }
  } catch (error) {
    if (!(error instanceof WitnessError)) throw error
    return { state: error.code, places: error.places, text: "" }
  }
}

/**
 * Becomes a witness of a card's desk.
 *
 * @param words - as typed, or null to draw a key that nobody can come back to.
 */
export async function becomeWitness(
  home: FieldHome,
  ask: { readonly text: string; readonly words: string | null; readonly cameBack: boolean },
  stretch: Stretch,
): Promise<void> {
  const { cameBack } = ask
  if (ask.words === null) {
    await home.enrolWitness(ask.text, { keys: null, cameBack })
    return
  }
  const { readWitnessWords, witnessKeys } = await import("./witness-lists.ts")
  const { key } = await openCard(plain(ask.text), home.primitives)
  const words = await readWitnessWords(ask.words)
  const keys = await witnessKeys(words, fromBase64Url(key) as Uint8Array, stretch)
  await home.enrolWitness(ask.text, { keys, cameBack })
}

/** What the page shows of a witness; null for everybody else. */
export async function witnessShown(home: FieldHome): Promise<WitnessShown | null> {
  const enrolment = await home.enrolment()
  if (enrolment === null || enrolment.invitation !== null) return null
  const arrived = await home.arrivedUnderWords()
  return { canComeBack: arrived !== null, cameBack: enrolment.cameBack, arrived: arrived ?? 0 }
}

function plain(text: string): string {
  return text.replace(/\s+/g, "").replace(/^.*#/, "")
}
