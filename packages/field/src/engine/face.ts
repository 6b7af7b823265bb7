import type { Face, FaceKind } from "../outbox/index.ts"
import type { ReportInput } from "../report/index.ts"

const KINDS: readonly (readonly [type: string, kind: FaceKind])[] = [
  ["video/", "video"],
  ["image/", "photo"],
  ["audio/", "sound"],
]

/**
 * What the person is to know the parcel by.
 *
 * @param types - media types of what goes with it.
 * @param thumbnail - a small picture that the page drew.
 * @param now - milliseconds.
 */
export function faceOf(
  { place }: ReportInput,
  types: readonly string[],
  thumbnail: Uint8Array | null,
  now: number,
): Face {
  const known = KINDS.find(([prefix]) => types.some((type) => type.startsWith(prefix)))
  return {
    at: new Date(now).toISOString().slice(0, 16),
    kind: known?.[1] ?? (types.length === 0 ? "words" : "file"),
    place: typeof place === "string" ? place : (place?.name ?? ""),
    thumbnail,
  }
}
