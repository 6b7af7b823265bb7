import { equalBytes, fromHex } from "../bytes/index.ts"
import type { Primitives } from "../primitives/index.ts"
import type { Asset, Manifest } from "./manifest.ts"
import { ReleaseError } from "./release-error.ts"

/** Checks one file against what a manifest says of it. @throws ReleaseError `changed`. */
export async function checkAsset(
  asset: Asset,
  bytes: Uint8Array,
  primitives: Pick<Primitives, "sha256">,
): Promise<void> {
  if (!(await isFile(asset, bytes, primitives)))
    throw new ReleaseError("changed", `${asset.path} is not what was released`)
}

/** Whether bytes have the size and hash that a manifest names. */
export async function isFile(
  named: { readonly bytes: number; readonly sha256: string },
  bytes: Uint8Array,
  primitives: Pick<Primitives, "sha256">,
): Promise<boolean> {
  if (bytes.length !== named.bytes) return false
  return equalBytes(await primitives.sha256(bytes), fromHex(named.sha256) ?? new Uint8Array(0))
}

/** What is wrong with a folder: nothing where both lists are empty. */
export interface FolderFaults {
  /** Paths whose bytes are others, or are missing. */
  readonly changed: readonly string[]
  /** Paths that the release does not know. */
  readonly added: readonly string[]
}

/**
 * Compares a folder with a verified release.
 *
 * @param paths - every file below the folder, with `/` between names; attacker-controlled. `release/` proves, and is passed over.
 * @param read - the bytes of one, or null where it cannot be read.
 */
export async function checkFolder(
  release: Manifest,
  paths: readonly string[],
  read: (path: string) => Promise<Uint8Array | null>,
  primitives: Pick<Primitives, "sha256">,
): Promise<FolderFaults> {
  const changed: string[] = []
  for (const asset of release.assets) {
    const bytes = await read(asset.path)
    if (bytes === null || !(await isFile(asset, bytes, primitives))) changed.push(asset.path)
  }
  const worker = await read("sw.js")
  const workerHash = fromHex(release.worker) ?? new Uint8Array(0)
  if (worker === null || !equalBytes(await primitives.sha256(worker), workerHash)) changed.push("sw.js")
  const known = new Set(["sw.js", ...release.assets.map(({ path }) => path)])
  return { changed, added: paths.filter((path) => !known.has(path) && !path.startsWith("release/")) }
}
