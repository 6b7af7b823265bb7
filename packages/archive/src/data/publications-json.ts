import type { Json } from "@govah/core/bytes"
import type { Publication } from "@govah/core/publication"

/** The highest revision of each publication, sorted by type and id. */
export function latestRevisions(publications: readonly Publication[]): Publication[] {
  const latest = new Map<string, Publication>()
  for (const publication of publications) {
    const known = latest.get(publication.id)
    if (known === undefined || known.revision < publication.revision) latest.set(publication.id, publication)
  }
  return [...latest.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** The whole public record as one value: `{"publications":[…],"v":1}`. */
export function publicationsJson(latest: readonly Publication[]): Json {
  return { v: 1, publications: latest as unknown as readonly Json[] }
}

function key({ type, id }: Publication): string {
  return `${type} ${id}`
}
