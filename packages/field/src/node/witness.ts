import { fromBase64Url } from "@govah/core/bytes"
import { openCard } from "@govah/core/card"
import { readWitnessWords, witnessKeys } from "@govah/core/witness"
import type { Enrolment } from "../enrol/index.ts"
import type { FieldHome } from "../home/index.ts"
import { nodeStretch } from "./node-stretch.ts"

/**
 * Becomes an anonymous witness of the desk whose card it is. Half a second of work where there are words.
 *
 * @param words - as typed; null for none: then nobody can come back.
 * @param cameBack - whether the words were made elsewhere.
 * @throws CardError, WitnessError, EnrolError `already-enrolled`.
 */
export async function becomeWitness(
  home: FieldHome,
  card: string,
  words: string | null,
  cameBack: boolean,
): Promise<Enrolment> {
  const text = card.replace(/\s+/g, "").replace(/^.*#/, "")
  const { key } = await openCard(text, home.primitives)
  if (words === null) return await home.enrolWitness(text, { keys: null, cameBack: false })
  const desk = fromBase64Url(key) as Uint8Array
  const keys = await witnessKeys(await readWitnessWords(words), desk, nodeStretch)
  return await home.enrolWitness(text, { keys, cameBack })
}
