import {
  type ActionPublication,
  type Claim,
  type EventPublication,
  type LocalText,
  type Place,
  type Publication,
  type StoryPublication,
} from "@govah/core/publication"
import { sha256Hex } from "../ed25519.ts"
import { ArchiveError } from "../archive-error.ts"

/** Where a publication stands in the log. */
export interface Proof {
  readonly index: number
  /** Leaf hash, hex. */
  readonly leaf: string
}

/** A town with what was done in it, latest first. */
export interface Town {
  readonly file: string
  readonly place: Place
  readonly actions: readonly ActionPublication[]
}

/** A claim and the event that it is about. */
export interface PlacedClaim {
  readonly claim: Claim
  readonly event: EventPublication
}

/** All that the pages are made from. */
export interface Site {
  readonly name: LocalText
  readonly vkey: string
  readonly cardWords: readonly string[] | null
  readonly edition: { readonly number: number; readonly made: string; readonly logSize: number }
  /** Latest first. */
  readonly events: readonly EventPublication[]
  /** By name. */
  readonly towns: readonly Town[]
  /** Latest first. */
  readonly stories: readonly StoryPublication[]
  readonly claimsById: ReadonlyMap<string, PlacedClaim>
  readonly publicationsById: ReadonlyMap<string, Publication>
  readonly townsByAction: ReadonlyMap<string, Town>
  readonly proofs: ReadonlyMap<string, Proof>
}

/** File name of a publication's or claim's id, without its ending. Names that differ in case only are refused before. */
export function fileName(id: string): string {
  return id.toLowerCase()
}

/** @throws ArchiveError `duplicate-id`, `dangling-citation`. */
export function makeSite(
  latest: readonly Publication[],
  rest: Pick<Site, "name" | "vkey" | "cardWords" | "edition" | "proofs">,
): Site {
  const publicationsById = new Map(latest.map((p) => [p.id, p]))
  const events = latest.filter((p) => p.type === "event").sort(latestFirst)
  const stories = latest.filter((p) => p.type === "story").sort(latestFirst)
  const towns = townsOf(latest.filter((p) => p.type === "action").sort(latestFirst))
  const claimsById = new Map<string, PlacedClaim>()
  const ids = new Set<string>()
  const take = (id: string): void => {
    if (ids.has(fileName(id))) throw new ArchiveError("duplicate-id", `${id} is the id of two things`)
    ids.add(fileName(id))
  }
  for (const { id } of latest) take(id)
  for (const event of events)
    for (const claim of event.claims) {
      take(claim.id)
      claimsById.set(claim.id, { claim, event })
    }
  for (const story of stories)
    for (const cite of story.paragraphs.flatMap((p) => p.cites))
      if (!claimsById.has(cite) && !publicationsById.has(cite))
        throw new ArchiveError(
          "dangling-citation",
          `story ${story.id} cites ${cite.length} characters that name nothing here`,
        )
  const townsByAction = new Map(
    towns.flatMap((town) => town.actions.map((action) => [action.id, town] as const)),
  )
  return { ...rest, publicationsById, events, stories, towns, claimsById, townsByAction }
}

function latestFirst(a: Publication, b: Publication): number {
  const [x, y] = [a.period.from, b.period.from]
  if (x !== y) return x < y ? 1 : -1
  return a.id < b.id ? -1 : 1
}

function townsOf(actions: readonly ActionPublication[]): Town[] {
  const byTown = new Map<string, ActionPublication[]>()
  for (const action of actions) {
    const key = JSON.stringify([action.place.name, action.place.province])
    byTown.set(key, [...(byTown.get(key) ?? []), action])
  }
  const files = new Set<string>()
  return [...byTown]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, there]) => {
      const { place } = there[0] as ActionPublication
      const plain = place.name.en
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, "-")
        .replaceAll(/^-+|-+$/g, "")
        .slice(0, 40)
      // Two towns of one name, or a name without a Latin letter: a piece of the hash tells them apart.
      const file =
        plain === "" || files.has(plain)
          ? `${plain || "town"}-${sha256Hex(Buffer.from(key)).slice(0, 8)}`
          : plain
      files.add(file)
      return { file, place, actions: there }
    })
    .sort((a, b) => (a.place.name.en < b.place.name.en ? -1 : 1))
}
