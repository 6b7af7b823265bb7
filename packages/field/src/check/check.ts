import type { Card } from "@govah/core/card"
import { FeedError, openFeedHead } from "@govah/core/feed"
import type { Primitives } from "@govah/core/primitives"
import type { Outbox } from "../outbox/index.ts"
import { addressOn, type OpenRoads, type RelayAddress, type Road, RoadError } from "../road/index.ts"
import type { LockedDrawer } from "../store/index.ts"
import { readFeedMemory, readHead, writeFeedMemory } from "./feed-memory.ts"
import { type FeedSource, relaySource } from "./feed-source.ts"
import { ContradictoryHead, type Followed, followFeed, type FollowPorts } from "./follow-feed.ts"
import { keepProof } from "./proofs.ts"
import { readSaid, readWarnings, type SaidToAll } from "./standing.ts"
import { isWarnedOf, warnedOf } from "./warned.ts"

/** What asking one relay for the desk's feed came to. */
export interface FeedVisit {
  readonly relay: string
  /**
   * `heard`: the newest number, accepted. `behind`: an older one than another relay has; no harm. `none`: the relay has
   * no number of this desk. `refused`: something that must not be believed. `failed`: no answer. `warned`: not asked,
   * because the desk warns of it.
   */
  readonly state: "heard" | "behind" | "none" | "refused" | "failed" | "warned"
  readonly error: FeedError | RoadError | null
  /** Names of the files kept as proof, where two heads that cannot both be true were seen. */
  readonly proof: readonly string[]
}

/** What a check found. Replies were shown one by one. */
export interface CheckOutcome {
  /** Ids of the parcels that have now arrived. */
  readonly arrived: readonly string[]
  /** The day of the newest head that was ever accepted, YYYY-MM-DD, or null where the desk was never heard. */
  readonly heardOn: string | null
  readonly said: SaidToAll
  readonly visits: readonly FeedVisit[]
}

/** What checking needs of the world. */
export interface CheckPorts {
  readonly drawer: LockedDrawer
  readonly outbox: Outbox
  readonly road: Road
  readonly open: OpenRoads
  readonly primitives: Primitives
}

/**
 * Asks every relay of the card for what is new in the desk's feed (`follow-feed.ts`), and settles the parcels whose
 * receipts it holds. A relay that fails or lies does not stop the others. One that a standing warning names is not asked,
 * from the moment on in which the warning was heard; the visit that brought it is finished, since what it brings may be the
 * card that names other relays.
 *
 * @param own - the unit's seed, 32 B, and of a witness the secret of replies.
 * @param onReply - shown each reply before the key that reads it is dropped.
 */
export async function checkFeed(
  card: Card,
  { seed, back }: { readonly seed: Uint8Array; readonly back: Uint8Array | null },
  onReply: (words: string) => void | Promise<void>,
  ports: CheckPorts,
): Promise<CheckOutcome> {
  const { drawer, outbox, primitives } = ports
  const unit = await primitives.publicKey(seed)
  const follow = { drawer, outbox, primitives, unit, back, onReply }
  const arrived: string[] = []
  const visits: FeedVisit[] = []
  for (const relay of card.relays) {
    // What was accepted and cannot be read any more is fetched again: that is how it becomes readable.
    if (isWarnedOf(relay, (await readWarnings(drawer, primitives)) ?? [])) {
      visits.push({ relay: relay.url, state: "warned", error: warnedOf(), proof: [] })
      continue
    }
    const visit = await visitRelay(relay, card.key, follow, ports, (ids) => arrived.push(...ids))
    visits.push(visit)
  }
  const said = await readSaid(drawer, primitives)
  return { arrived, heardOn: said.day, said, visits }
}

async function visitRelay(
  relay: RelayAddress,
  desk: string,
  follow: FollowPorts,
  ports: CheckPorts,
  onArrived: (ids: readonly string[]) => void,
): Promise<FeedVisit> {
  const done = (
    state: FeedVisit["state"],
    error: FeedVisit["error"] = null,
    proof: readonly string[] = [],
  ): FeedVisit => ({ relay: relay.url, state, error, proof })
  let newest: Uint8Array | null = null
  try {
    const { primitives } = ports
    const source = relaySource(`${addressOn(relay, ports.open)}/feed/${desk}`, ports.road, primitives)
    const noting: FeedSource = { ...source, newest: async () => (newest = await source.newest()) }
    const { number, arrived }: Followed = await followFeed(noting, desk, follow)
    onArrived(arrived)
    if (number === null) return done("none")
    await noteServed(ports, relay.url, number)
    return done("heard")
  } catch (error) {
    if (error instanceof RoadError) return done("failed", error)
    if (error instanceof ContradictoryHead) {
      const [first, second] = error.heads as [Uint8Array, Uint8Array]
      const split = new FeedError("split", error.message, { cause: error })
      return done("refused", split, await keepProof(ports.drawer, first, second, ports.primitives))
    }
    if (!(error instanceof FeedError)) throw error
    const refused: Uint8Array | null = newest
    if ((error.code !== "rollback" && error.code !== "split") || refused === null)
      return done("refused", error)
    // A relay that has not caught up with another is no liar. One that falls back behind what it served itself is.
    const { head, served } = await readFeedMemory(ports.drawer)
    const { number } = await openFeedHead(refused, ports.primitives)
    if (error.code === "rollback" && number >= (served[relay.url] ?? 0)) {
      await noteServed(ports, relay.url, number)
      return done("behind")
    }
    const accepted = head === null ? null : await readHead(ports.drawer, head)
    return done("refused", error, await keepProof(ports.drawer, accepted, refused, ports.primitives))
  }
}

async function noteServed({ drawer }: CheckPorts, relay: string, number: number): Promise<void> {
  const memory = await readFeedMemory(drawer)
  const served = { ...memory.served, [relay]: number }
  await writeFeedMemory(drawer, { ...memory, served })
}
