import { addressOn, type RelayAddress, RoadError } from "../road/index.ts"
import { COPIES, copiesLacking, isOneOperators, relaysInTurn, relaysWithAll } from "./choose-relays.ts"
import { queueOfWork, type SendOutcome, type SendPorts, sendWaiting } from "./send.ts"
import { shuffled } from "./shuffle.ts"

/** What sending to one relay came to: an outcome, or why the road did not carry. */
export type RelaySending =
  | (SendOutcome & { readonly error: null })
  | { readonly relay: string; readonly error: RoadError }

/**
 * Sends what waits until each parcel is whole at two relays, of two operators where the card knows of two. Which ones is
 * drawn for each parcel. Relays are sent to side by side, and one that fails is stood in for by another at once, so that
 * none delays what goes to the others. A relay whose road is closed is never asked, and nothing meant for it leaves by
 * another road than that of the relay that stands in.
 *
 * @param relays - of the card: at most eight, so at most 32 requests at once.
 * @param parcels - ids to send, or null for everything that waits.
 * @returns one sending a relay, in the card's order. A relay that was given nothing has sent 0 and has 0 left.
 */
export async function sendToRelays(
  relays: readonly RelayAddress[],
  parcels: readonly string[] | null,
  ports: SendPorts,
): Promise<readonly RelaySending[]> {
  const { outbox, primitives } = ports
  const inTurn = queueOfWork()
  const failures = new Map<string, RoadError>()
  const outcomes = new Map<string, SendOutcome>()
  // For each parcel the relays that were not asked yet, best first.
  const reserves = new Map<string, RelayAddress[]>()
  // And those that have it or were asked.
  const chosen = new Map<string, RelayAddress[]>()
  const lastOf = new Map<string, Promise<void>>()

  for (const relay of relays) {
    try {
      addressOn(relay, ports.open)
    } catch (error) {
      if (!(error instanceof RoadError)) throw error
      failures.set(relay.url, error)
    }
  }

  /** Hands so many parcels to their next relays, one task a relay. */
  function handOut(wanted: ReadonlyMap<string, number>): Promise<unknown> {
    const parcelsByRelay = new Map<RelayAddress, string[]>()
    for (const [parcel, copies] of wanted) {
      const reserve = reserves.get(parcel) ?? []
      for (let given = 0; given < copies; ) {
        const relay = takeNext(reserve, chosen.get(parcel) ?? [])
        if (relay === undefined) break
        chosen.get(parcel)?.push(relay)
        parcelsByRelay.set(relay, [...(parcelsByRelay.get(relay) ?? []), parcel])
        given++
      }
    }
    return settled([...parcelsByRelay].map(([relay, ids]) => afterOthers(relay, ids)))
  }

  /** The best that has not failed: of an operator who has no copy yet, where there is one. */
  function takeNext(reserve: RelayAddress[], taken: readonly RelayAddress[]): RelayAddress | undefined {
    const works = ({ url }: RelayAddress): boolean => !failures.has(url)
    const isNew = (relay: RelayAddress): boolean =>
      !taken.some((other) => works(other) && isOneOperators(other, relay))
    const more = taken.filter(works).length < COPIES ? reserve.find(works) : undefined
    const next = reserve.find((relay) => works(relay) && isNew(relay)) ?? more
    if (next !== undefined) reserve.splice(reserve.indexOf(next), 1)
    return next
  }

  /** One relay gets one thing after another: its pace is learned once. */
  function afterOthers(relay: RelayAddress, ids: readonly string[]): Promise<void> {
    const mine = (lastOf.get(relay.url) ?? Promise.resolve()).then(() => sendOrPassOn(relay, ids))
    lastOf.set(
      relay.url,
      mine.catch(() => undefined),
    )
    return mine
  }

  async function sendOrPassOn(relay: RelayAddress, ids: readonly string[]): Promise<void> {
    const isStopped = ports.isStopped ?? (() => false)
    if (isStopped()) return
    if (!failures.has(relay.url)) {
      try {
        outcomes.set(
          relay.url,
          added(outcomes.get(relay.url), await sendWaiting(relay, ids, { ...ports, inTurn })),
        )
        return
      } catch (error) {
        if (!(error instanceof RoadError)) throw error
        failures.set(relay.url, error)
      }
    }
    const standing = new Map((await inTurn(() => outbox.list())).map((parcel) => [parcel.id, parcel]))
    const lost = ids.filter((id) => standing.get(id)?.acknowledged.get(relay.url) !== standing.get(id)?.cells)
    await handOut(new Map(lost.map((id) => [id, 1])))
  }

  const waiting = (await outbox.list()).filter(
    (parcel) => parcel.state === "kept" && (parcels === null || parcels.includes(parcel.id)),
  )
  const wanted = new Map<string, number>()
  for (const parcel of waiting) {
    const whole = relaysWithAll(parcel, relays)
    const order = relaysInTurn(parcel, shuffled(relays, primitives))
    reserves.set(
      parcel.id,
      order.filter(({ url }) => !whole.includes(url)),
    )
    chosen.set(
      parcel.id,
      relays.filter(({ url }) => whole.includes(url)),
    )
    wanted.set(parcel.id, copiesLacking(parcel, relays))
  }
  await handOut(wanted)
  return relays.map((relay) => sendingOf(relay, failures.get(relay.url), outcomes.get(relay.url)))
}

function sendingOf(
  { url }: RelayAddress,
  error: RoadError | undefined,
  outcome: SendOutcome | undefined,
): RelaySending {
  if (error !== undefined) return { relay: url, error }
  return { ...(outcome ?? { relay: url, sent: 0, left: 0, damaged: 0 }), error: null }
}

function added(before: SendOutcome | undefined, now: SendOutcome): SendOutcome {
  if (before === undefined) return now
  return {
    relay: now.relay,
    sent: before.sent + now.sent,
    left: before.left + now.left,
    damaged: before.damaged + now.damaged,
  }
}

/** Waits for all, then throws what the first that failed threw: nothing goes on behind the caller's back. */
async function settled(tasks: readonly Promise<void>[]): Promise<void> {
  const ends = await Promise.allSettled(tasks)
  for (const end of ends) if (end.status === "rejected") throw end.reason
}
