import { RETENTION_DAYS, type RelayStore } from "@govah/relay"
import { type Finding, finding } from "./finding.ts"

/** Days before the end of a capability at which a new one must be made and carried to the desk. */
const WARN_DAYS = 14
/** Names read at once. */
const PAGE = 10_000

/** What the store says of itself: terms, room, and whether what is old was deleted. */
export async function checkStoreState(
  store: RelayStore,
  retentionDays: number = RETENTION_DAYS,
): Promise<readonly Finding[]> {
  return [
    ...(await checkTerms(store)),
    ...(await checkRoom(store)),
    ...(await checkRetention(store, retentionDays)),
  ]
}

async function checkTerms(store: RelayStore): Promise<readonly Finding[]> {
  const today = store.today()
  const byKey = Map.groupBy(await store.admissions.inForce(today), ({ key }) =>
    Buffer.from(key).toString("base64url"),
  )
  const ending = [...byKey].flatMap(([key, admissions]) => {
    const days = Math.max(...admissions.map(({ untilDay }) => untilDay)) - today
    return days < WARN_DAYS ? [{ key, days }] : []
  })
  return ending.map(({ key, days }) =>
    finding(
      "capability-ends",
      `the newest capability of the key that begins with ${key.slice(0, 6)} ends in ${days} days`,
      "the desk then fetches nothing more from here, and its senders wait",
      `govah relay admit ${key}, and hand over what it prints by a safe way`,
    ),
  )
}

async function checkRoom(store: RelayStore): Promise<readonly Finding[]> {
  const { freeBytes, totalBytes } = await store.capacity()
  const percent = Math.floor((100 * freeBytes) / Math.max(1, totalBytes))
  if (percent >= 35) return []
  return [
    finding(
      "disk-low",
      `${percent} % of the store's share is free`,
      "below 25 % it takes only what is paid for with tokens, carried, or from other relays",
      "give it a larger GOVAH_RELAY_MAX_BYTES or disk, or a shorter GOVAH_RELAY_RETENTION_DAYS",
    ),
  ]
}

async function checkRetention(store: RelayStore, retentionDays: number): Promise<readonly Finding[]> {
  // A day of grace: it is done once a day.
  const oldest = store.today() - retentionDays - 1
  let after: Uint8Array | null = null
  let old = 0
  for (;;) {
    const names: Awaited<ReturnType<RelayStore["names"]>> = await store.names(after, PAGE)
    old += names.filter(({ day, isForgotten }) => !isForgotten && day < oldest).length
    if (names.length < PAGE) break
    after = names.at(-1)?.id ?? null
  }
  if (old === 0) return []
  return [
    finding(
      "retention-passed",
      `${old} cells are older than ${retentionDays} days`,
      "what should be gone can be seized",
      "start the relay: it deletes them at once, and daily; where it runs with other days, say so with --retention",
    ),
  ]
}
