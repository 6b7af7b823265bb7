import { parseCanonicalJson, utf8Text } from "@govah/core/bytes"
import type { Card } from "@govah/core/card"
import {
  acceptFeedFile,
  FeedError,
  type FeedFile,
  MAX_FEED_BYTES,
  receiptSetHas,
  receiptTag,
} from "@govah/core/feed"
import type { Primitives } from "@govah/core/primitives"
import type { Outbox } from "../outbox/index.ts"
import { addressOn, type OpenRoads, type RelayAddress, type Road, RoadError } from "../road/index.ts"
import { refusal } from "../send/bundle-answer.ts"
import type { Drawer } from "../store/index.ts"
import { type FeedMemory, keepFeedBytes, keepProof, readFeedMemory, writeFeedMemory } from "./feed-memory.ts"

/** What asking one relay for the desk's feed came to. */
export interface FeedVisit {
  readonly relay: string
  /**
   * `heard`: the newest file, accepted. `behind`: an older one than another relay has; no harm. `none`: the relay has
   * no file of this desk. `refused`: a file that must not be believed. `failed`: no answer.
   */
  readonly state: "heard" | "behind" | "none" | "refused" | "failed"
  readonly error: FeedError | RoadError | null
  /** Names of the files kept as proof, where two that cannot both be true were seen. */
  readonly proof: readonly string[]
}

/** What a check found. */
export interface CheckOutcome {
  /** Ids of the parcels that have now arrived. */
  readonly arrived: readonly string[]
  /** The day of the newest feed file that was ever accepted, YYYY-MM-DD, or null where the desk was never heard. */
  readonly heardOn: string | null
  readonly visits: readonly FeedVisit[]
}

/** What checking needs of the world. */
export interface CheckPorts {
  readonly drawer: Drawer
  readonly outbox: Outbox
  readonly road: Road
  readonly open: OpenRoads
  readonly primitives: Primitives
}

/**
 * Asks every relay of the card for the desk's newest feed file, the same bytes that everybody asks for, and settles the
 * parcels whose receipts it holds. A relay that fails or lies does not stop the others.
 */
export async function checkReceipts(card: Card, ports: CheckPorts): Promise<CheckOutcome> {
  const arrived: string[] = []
  const visits: FeedVisit[] = []
  for (const relay of card.relays) {
    const { visit, file } = await visitRelay(relay, card.key, ports)
    visits.push(visit)
    if (file === null) continue
    const { receipts } = file
    arrived.push(
      ...(await ports.outbox.settle((secret) => receiptSetHas(receipts, receiptTag(secret, "arrived")))),
    )
  }
  return { arrived, heardOn: (await readFeedMemory(ports.drawer, ports.primitives)).day, visits }
}

async function visitRelay(
  relay: RelayAddress,
  desk: string,
  ports: CheckPorts,
): Promise<{ visit: FeedVisit; file: FeedFile | null }> {
  const done = (
    state: FeedVisit["state"],
    error: FeedVisit["error"] = null,
    proof: readonly string[] = [],
    file: FeedFile | null = null,
  ): { visit: FeedVisit; file: FeedFile | null } => ({
    visit: { relay: relay.url, state, error, proof },
    file,
  })
  const memory = await readFeedMemory(ports.drawer, ports.primitives)
  let received: Uint8Array | null
  try {
    received = await fetchNewest(`${addressOn(relay, ports.open)}/feed/${desk}`, ports.road)
  } catch (error) {
    if (error instanceof RoadError) return done("failed", error)
    throw error
  }
  if (received === null) return done("none")
  try {
    const { file, head } = await acceptFeedFile(received, desk, memory.head, ports.primitives)
    await keepFeedBytes(ports.drawer, head.hash, received, memory.head?.hash ?? null)
    await remember(ports, { ...memory, head, day: file.day }, relay.url, file.number)
    return done("heard", null, [], file)
  } catch (error) {
    if (!(error instanceof FeedError)) throw error
    if (error.code !== "rollback" && error.code !== "split") return done("refused", error)
    // A relay that has not caught up with another is no liar. One that falls back behind what it served itself is.
    const number = await numberOf(received, desk, ports.primitives)
    if (error.code === "rollback" && number >= (memory.served[relay.url] ?? 0)) {
      await remember(ports, memory, relay.url, number)
      return done("behind")
    }
    return done("refused", error, await keepProof(ports.drawer, memory.head, received, ports.primitives))
  }
}

async function remember(ports: CheckPorts, memory: FeedMemory, relay: string, number: number): Promise<void> {
  const served = { ...memory.served, [relay]: number }
  await writeFeedMemory(ports.drawer, { ...memory, served }, ports.primitives)
}

/** The newest file, or null where the relay knows none of this desk. @throws RoadError */
async function fetchNewest(feed: string, road: Road): Promise<Uint8Array | null> {
  const head = await road.get(`${feed}/head`, MAX_HEAD_BYTES)
  if (head.status === 404) return null
  if (head.status !== 200) throw refusal(head)
  const json = parseCanonicalJson((utf8Text(head.body) ?? "").trimEnd())
  const number = (json as { number?: unknown } | null)?.number
  if (typeof number !== "number" || number < 1)
    throw new RoadError("bad-answer", "the relay does not say its newest number")
  const file = await road.get(`${feed}/${number}`, MAX_FEED_BYTES)
  if (file.status !== 200) throw refusal(file)
  return file.body
}

const MAX_HEAD_BYTES = 1024

async function numberOf(received: Uint8Array, desk: string, primitives: Primitives): Promise<number> {
  return (await acceptFeedFile(received, desk, null, primitives)).file.number
}
