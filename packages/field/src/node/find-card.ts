import { readdir, readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { toHex, utf8Text } from "@govah/core/bytes"
import { CardError, joinShortInvitation, parseShortInvitation } from "@govah/core/card"
import { MAX_NOTICE_BYTES } from "@govah/core/feed"
import { nodePrimitives, readStick } from "@govah/node"
import { FeedError, readWholeFeed } from "@govah/core/feed"
import { addressOn, type RelayAddress, RoadError } from "../road/index.ts"
import { openRoads, roadFor, type Ways } from "./socks-road.ts"

/** Where a card may be found. Nobody there is trusted: the card is compared with the hash. */
export interface CardPlaces {
  /** Addresses of relays. */
  readonly relays: readonly string[]
  /** Files that hold a card's text, and folders that somebody carried: cards, and feeds with one in them. */
  readonly paths: readonly string[]
}

/**
 * The whole invitation of a short one, with its card from the first place that has it.
 *
 * @param short - attacker-controlled text.
 * @throws CardError as `parseShortInvitation`; `other-card` where no place has the card, saying why.
 */
export async function findCard(short: string, places: CardPlaces, ways: Ways): Promise<string> {
  const { cardHash } = parseShortInvitation(short)
  const reasons: string[] = []
  const joined = async (card: string): Promise<string | null> => {
    try {
      return await joinShortInvitation(short, card, nodePrimitives)
    } catch (error) {
      if (!(error instanceof CardError) || error.code !== "other-card") throw error
      return null
    }
  }
  for (const path of places.paths) {
    for await (const card of cardsIn(path)) {
      const whole = await joined(card)
      if (whole !== null) return whole
    }
    reasons.push(
      (await stat(path)).isDirectory() ? "the folder does not hold it" : "the file is not the card",
    )
  }
  for (const url of places.relays) {
    try {
      const address = addressOn({ url, road: roadOf(url) }, openRoads(ways))
      const answer = await roadFor(ways).get(`${address}/card/${toHex(cardHash)}`, MAX_NOTICE_BYTES)
      const whole = answer.status === 200 ? await joined(utf8Text(answer.body) ?? "") : null
      if (whole !== null) return whole
      reasons.push(answer.status === 200 ? "a relay gave another card" : "a relay does not have it")
    } catch (error) {
      if (!(error instanceof RoadError)) throw error
      reasons.push(error.message)
    }
  }
  throw new CardError("other-card", `the card that the invitation names was not found: ${reasons.join("; ")}`)
}

async function* cardsIn(path: string): AsyncGenerator<string, void, void> {
  if (!(await stat(path)).isDirectory()) {
    yield await readFile(path, "utf8")
    return
  }
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (!entry.isFile() || (await stat(join(path, entry.name))).size > MAX_NOTICE_BYTES) continue
    yield await readFile(join(path, entry.name), "utf8")
  }
  for await (const file of readStick(path, nodePrimitives)) {
    if (file.kind !== "feed") continue
    try {
      // The card is the first part of a number.
      for await (const piece of readWholeFeed([file.bytes], nodePrimitives)) {
        if (piece.kind === "part") yield utf8Text(piece.bytes) ?? ""
        if (piece.kind === "part") break
      }
    } catch (error) {
      if (!(error instanceof FeedError)) throw error
    }
  }
}

/** The road that an address itself demands: there is no card yet to say so. */
function roadOf(url: string): RelayAddress["road"] {
  if (/^https?:\/\/[a-z0-9.-]+\.onion(?=[:/]|$)/.test(url)) return "onion"
  return url.startsWith("https:") ? "https" : "lan"
}
