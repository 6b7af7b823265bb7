import { concatBytes, equalBytes, fromHex, utf8Text } from "@govah/core/bytes"
import { type CellId, decodeBitmap } from "@govah/core/cell"
import type { Primitives } from "@govah/core/primitives"
import { type RoadAnswer, RoadError } from "../road/index.ts"

/** Bytes of the SHA-256 at the end of an answer. */
const DIGEST_BYTES = 32

/** Longest answer that is read, in bytes: a bitmap of 64 cells and a digest, or a refusal as JSON. */
export const MAX_ANSWER_BYTES = 1024

/**
 * Which of the cells in a bundle the relay says it holds durably. Source: `spec/relay.md`.
 *
 * The digest proves that the relay speaks of the very cells that were sent: anything between here and its disk that
 * changed a byte, or answered in its place without having seen them, is found here.
 *
 * @param answer - attacker-controlled.
 * @param ids - the ids of the cells in the order in which they were sent.
 * @throws RoadError `busy`, `full`, `too-slow`, `work-needed`, `refused`, `bad-answer`.
 */
export async function readBundleAnswer(
  answer: RoadAnswer,
  ids: readonly CellId[],
  primitives: Pick<Primitives, "sha256">,
): Promise<readonly boolean[]> {
  if (answer.status !== 200) throw refusal(answer)
  const end = answer.body.length - DIGEST_BYTES
  const bits = end < 0 ? null : decodeBitmap(answer.body.subarray(0, end), ids.length)
  if (bits === null) {
    throw new RoadError("bad-answer", `${answer.body.length} bytes are no answer for ${ids.length} cells`)
  }
  const expected = await primitives.sha256(concatBytes(...ids.map((id) => fromHex(id) as Uint8Array)))
  if (!equalBytes(answer.body.subarray(end), expected)) {
    throw new RoadError("bad-answer", "the relay answers for other cells than those that were sent")
  }
  return bits
}

/** Whether the relay took nothing because it wants more work. */
export function isWorkNeeded({ status }: RoadAnswer): boolean {
  return status === 428
}

/** Any other answer than the one asked for, as an error. */
export function refusal(answer: RoadAnswer): RoadError {
  const word = /^\{"error":"([a-z-]{1,40})"\}$/.exec((utf8Text(answer.body) ?? "").trim())?.[1]
  if (word === "busy" || answer.status === 503 || answer.status === 429) {
    return new RoadError("busy", "the relay has too much to do just now")
  }
  if (word === "full" || answer.status === 507) return new RoadError("full", "the relay is full")
  if (isWorkNeeded(answer)) {
    return new RoadError("work-needed", "the relay wants more work for each piece")
  }
  if (word === "too-slow" || answer.status === 408) {
    return new RoadError("too-slow", "the line is too slow for so much at once")
  }
  return new RoadError("refused", `the relay refuses: ${word ?? "no reason"} (status ${answer.status})`)
}
