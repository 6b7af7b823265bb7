import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Primitives } from "@govah/core/primitives"
import {
  checkFolder,
  checkGrowth,
  isFile,
  leafTiles,
  openRelease,
  type Release,
  ReleaseError,
  type ReleaseKeys,
  splitSingleFile,
} from "@govah/core/release"
import { FoundWanting } from "../command.ts"
import { pathsBelow, siteBelow } from "./release-folder.ts"

/**
 * Verifies a release in a folder, or the edition in one file. @returns what it is.
 *
 * @throws ReleaseError where it is not signed or logged as it must be; FoundWanting that names what was changed.
 */
export async function verifyRelease(
  path: string,
  keys: ReleaseKeys,
  primitives: Primitives,
): Promise<Release> {
  const site = await siteBelow(path)
  if (site === null) return await verifyFile(path, keys, primitives)
  const read = async (name: string): Promise<Uint8Array | null> =>
    await readFile(join(site, name)).then(
      (bytes) => new Uint8Array(bytes),
      () => null,
    )
  const file = await read("release/release.txt")
  if (file === null) throw new FoundWanting(`${site} holds no release: release/release.txt is missing`)
  const release = await openRelease(file, keys, primitives.verify)
  const tiles: Uint8Array[] = []
  for (const tile of leafTiles(release.checkpoint.size)) {
    tiles.push((await read(`release/log/${tile.path}`)) ?? new Uint8Array(0))
  }
  checkGrowth(null, release.checkpoint, tiles)
  const { changed, added } = await checkFolder(release, await pathsBelow(site), read, primitives)
  if (changed.length + added.length > 0) {
    const say = (what: string, paths: readonly string[]): string =>
      paths.length === 0 ? "" : ` ${what}: ${paths.slice(0, 20).join(", ")}.`
    throw new FoundWanting(
      `this is NOT release ${release.version}.${say("Changed", changed)}${say("Not of it", added)} Do not use it`,
    )
  }
  return release
}

async function verifyFile(path: string, keys: ReleaseKeys, primitives: Primitives): Promise<Release> {
  const single = splitSingleFile(new Uint8Array(await readFile(path)))
  if (single === null) throw new ReleaseError("not-signed", "this file was never released: it has no proof")
  const release = await openRelease(single.release, keys, primitives.verify)
  if (release.file === null || !(await isFile(release.file, single.body, primitives)))
    throw new FoundWanting(`this is NOT release ${release.version}: the file was changed. Do not use it`)
  return release
}
