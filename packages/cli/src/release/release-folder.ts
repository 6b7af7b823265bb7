import { createHash } from "node:crypto"
import { readdir, readFile, stat } from "node:fs/promises"
import { join, relative, sep } from "node:path"
import type { Asset } from "@govah/core/release"

/** Every file below a folder, with `/` between names, sorted by code unit. */
export async function pathsBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort()
}

/** What a manifest says of each file of a built page, but for `sw.js` and what proves a release. */
export async function assetsBelow(folder: string): Promise<readonly Asset[]> {
  const assets: Asset[] = []
  for (const path of await pathsBelow(folder)) {
    if (path === "sw.js" || path.startsWith("release/")) continue
    assets.push({ path, ...named(await readFile(join(folder, path))) })
  }
  return assets
}

/** Size and hash as a manifest names them. */
export function named(bytes: Uint8Array): { readonly bytes: number; readonly sha256: string } {
  return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") }
}

/** The folder of the page: of what `govah release make` wrote, or given itself. Null for a file. */
export async function siteBelow(path: string): Promise<string | null> {
  if (!(await stat(path)).isDirectory()) return null
  const inside = await stat(join(path, "site")).catch(() => null)
  return inside?.isDirectory() === true ? join(path, "site") : path
}
