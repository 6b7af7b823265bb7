import type { UnitStanding } from "@govah/core/ledger"

/**
 * How many sources there are at least. Two reports of one unit are one source; and all who are not known together are one,
 * since one person can be a thousand anonymous witnesses. What two units say may still come from one mouth, which only a
 * member can know.
 */
export function countSources(
  senders: readonly { readonly unit: string; readonly standing: UnitStanding }[],
): number {
  const known = senders.filter(({ standing }) => standing === "known")
  return new Set(known.map(({ unit }) => unit)).size + (known.length < senders.length ? 1 : 0)
}
