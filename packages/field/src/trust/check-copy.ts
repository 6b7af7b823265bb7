import { keyWords } from "@govah/core/card"
import type { Primitives } from "@govah/core/primitives"
import {
  checkFolder,
  isFile,
  MAX_RELEASE_BYTES,
  openRelease,
  type Release,
  ReleaseError,
  type ReleaseKeys,
  splitSingleFile,
} from "@govah/core/release"
import type { CopyVerdict, PickedFile } from "./protocol.ts"
import { RELEASE_FILE } from "./shelved.ts"

/** The edition in one file is larger than its program by its trailer. */
const MAX_FILE_BYTES = MAX_RELEASE_BYTES + 262_144

/**
 * Judges a copy of this program that somebody brought: the edition in one file, or the files of a folder. By the keys that
 * this program has pinned; needs no network.
 *
 * @param files - attacker-controlled; one of them is taken for a single file.
 */
export async function checkCopy(
  files: readonly PickedFile[],
  keys: ReleaseKeys,
  primitives: Primitives,
): Promise<CopyVerdict> {
  const [only, ...others] = files
  if (only === undefined) return { state: "unknown" }
  try {
    if (others.length === 0) return await checkSingle(only, keys, primitives)
    return await checkPicked(files, keys, primitives)
  } catch (error) {
    // A part that is damaged, or a signature that only looks like ours, is a changed copy; one of strangers is not ours.
    if (error instanceof ReleaseError)
      return error.code === "not-signed" ? { state: "unknown" } : { state: "changed", version: null }
    throw error
  }
}

async function checkSingle(
  { file }: PickedFile,
  keys: ReleaseKeys,
  primitives: Primitives,
): Promise<CopyVerdict> {
  if (file.size > MAX_FILE_BYTES) return { state: "unknown" }
  const single = splitSingleFile(new Uint8Array(await file.arrayBuffer()))
  if (single === null) return { state: "unknown" }
  const release = await openRelease(single.release, keys, primitives.verify)
  if (release.file === null || !(await isFile(release.file, single.body, primitives)))
    return { state: "changed", version: release.version }
  return good(release)
}

async function checkPicked(
  files: readonly PickedFile[],
  keys: ReleaseKeys,
  primitives: Primitives,
): Promise<CopyVerdict> {
  const byPath = new Map(files.map(({ path, file }) => [path, file]))
  const read = async (path: string): Promise<Uint8Array | null> => {
    const file = byPath.get(path)
    return file === undefined || file.size > MAX_RELEASE_BYTES
      ? null
      : new Uint8Array(await file.arrayBuffer())
  }
  const proof = await read(RELEASE_FILE)
  if (proof === null) return { state: "unknown" }
  const release = await openRelease(proof, keys, primitives.verify)
  const { changed, added } = await checkFolder(release, [...byPath.keys()], read, primitives)
  return changed.length + added.length > 0 ? { state: "changed", version: release.version } : good(release)
}

function good(release: Release): CopyVerdict {
  return { state: "good", version: release.version, said: keyWords("release", release.hash) }
}
