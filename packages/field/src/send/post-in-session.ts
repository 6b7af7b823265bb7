import { concatBytes, fromHex, toBase64Url } from "@govah/core/bytes"
import type { CellId } from "@govah/core/cell"
import { type RoadAnswer, RoadError, type RoadHeaders } from "../road/index.ts"
import { MAX_ANSWER_BYTES, readBundleAnswer } from "./bundle-answer.ts"
import type { SendPorts } from "./send.ts"

/** What became of a bundle. */
export interface Posted {
  /** For each cell whether the relay holds it durably. */
  readonly stored: readonly boolean[]
  /** Whether the line was cut, and only a question told what arrived: the other cells are to be sent again. */
  readonly isCut: boolean
}

/**
 * Posts a bundle and, where the line is cut before the answer, asks the relay what of it arrived. A relay answers that to
 * whoever knows the session, 16 random bytes that are drawn for this one bundle: they tie the bundle to the question
 * about it, and to nothing else, so that through Tor no circuit is tied to that of another bundle.
 *
 * @param ids - of the cells, in the order in which they are posted.
 * @param relay - its address, without a slash at the end.
 * @param post - posts the bundle with these headers.
 * @throws RoadError, the first, where nothing arrived or nobody could be asked.
 */
export async function postInSession(
  ids: readonly CellId[],
  relay: string,
  { road, primitives }: Pick<SendPorts, "road" | "primitives">,
  post: (headers: RoadHeaders) => Promise<RoadAnswer>,
): Promise<Posted> {
  const session = { "Govah-Session": toBase64Url(primitives.random(16)) }
  try {
    return { stored: await readBundleAnswer(await post(session), ids, primitives), isCut: false }
  } catch (error) {
    if (!(error instanceof RoadError) || (error.code !== "unreachable" && error.code !== "too-slow"))
      throw error
    const names = concatBytes(...ids.map((id) => fromHex(id) as Uint8Array))
    const stored = await road
      .post(`${relay}/have`, names, MAX_ANSWER_BYTES, session)
      .then((answer) => readBundleAnswer(answer, ids, primitives))
      .catch((another: unknown) => {
        if (another instanceof RoadError) throw error
        throw another
      })
    if (!stored.includes(true)) throw error
    return { stored, isCut: true }
  }
}
