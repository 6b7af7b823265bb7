import { openRelease, type Release, ReleaseError } from "@govah/core/release"
import type { GuardPorts } from "./ports.ts"

/** Where a release proves itself, at its origin and on the shelf. Put on the shelf last: with it, all of it is there. */
export const RELEASE_FILE = "release/release.txt"
/** What `sw.js` looks for: somebody agreed to this release. */
export const TAKEN = "release/taken"
/** The newest taken release, and the one before it: another tab may still run that. */
const KEPT = 2

/** What lies on the shelf, whole and verified. */
export interface OnShelf {
  /** What the next start runs; null where nothing is installed. */
  readonly installed: Release | null
  /** Newer, checked, and not yet agreed to. */
  readonly ready: Release | null
}

/** Looks through the shelf. What on it does not verify counts for nothing. */
export async function onShelf(ports: GuardPorts): Promise<OnShelf> {
  let installed: Release | null = null
  let ready: Release | null = null
  for (const version of [...(await ports.shelf.versions())].reverse()) {
    const release = await shelved(version, ports)
    if (release === null) continue
    if ((await ports.shelf.get(version, TAKEN)) !== null) {
      installed = release
      break
    }
    ready ??= release
  }
  return { installed, ready: installed === null ? null : ready }
}

/** One release of the shelf, or null where it is not whole or does not verify. */
export async function shelved(
  version: number,
  { shelf, keys, primitives }: GuardPorts,
): Promise<Release | null> {
  const file = await shelf.get(version, RELEASE_FILE)
  if (file === null) return null
  try {
    const release = await openRelease(file, keys, primitives.verify)
    return release.version === version ? release : null
  } catch (error) {
    if (error instanceof ReleaseError) return null
    throw error
  }
}

/** Removes what no start will run again. @param wanted - a release that is on its way, begun or not. */
export async function tidyShelf(wanted: number | null, { shelf }: Pick<GuardPorts, "shelf">): Promise<void> {
  let taken = 0
  for (const version of [...(await shelf.versions())].reverse()) {
    const isTaken = (await shelf.get(version, TAKEN)) !== null
    if (isTaken) taken++
    if (isTaken ? taken > KEPT : version !== wanted) await shelf.drop(version)
  }
}
