import type { Edition } from "../log/entry-kinds.ts"
import { MANIFEST, parseManifest } from "../manifest.ts"
import { sha256Hex } from "../ed25519.ts"
import type { Folder } from "./folder.ts"
import type { Check } from "./verdict.ts"

/**
 * Checks MANIFEST against the edition, every file against MANIFEST, and that there is no other file.
 *
 * A MANIFEST that is not the logged one is named alone: what it says of other files is worth nothing, so they are not judged.
 *
 * @param edition - null where it could not be read: then the files are compared with the list as it lies, and the list itself
 * stays unjudged.
 * @param logPaths - paths that the log itself accounts for.
 */
export async function checkFiles(
  folder: Folder,
  edition: Edition | null,
  logPaths: ReadonlySet<string>,
): Promise<readonly Check[]> {
  const bytes = await folder.read(MANIFEST)
  if (bytes === null)
    return [failed("manifest", MANIFEST, "The file is missing; the other files cannot be judged.")]
  const lines = parseManifest(bytes)
  const isLogged =
    edition !== null && sha256Hex(bytes) === edition.manifest && bytes.length === edition.manifestBytes
  if (lines === null || (edition !== null && !isLogged))
    return [
      failed(
        "manifest",
        MANIFEST,
        "It is not the list that the log commits to; the other files cannot be judged.",
      ),
    ]
  const checks: Check[] = [
    edition === null
      ? {
          name: "manifest",
          path: MANIFEST,
          result: "not-applicable",
          why: "The log does not tell which list is right.",
        }
      : {
          name: "manifest",
          path: MANIFEST,
          result: "pass",
          why: `The list that edition ${edition.edition} commits to.`,
        },
  ]
  const known = new Set([MANIFEST, ...logPaths])
  for (const { path, sha256, bytes: length } of lines) {
    known.add(path)
    const found = await folder.digest(path)
    if (found === null) checks.push(failed("file", path, "The file is missing."))
    else if (found.sha256 === sha256 && found.bytes === length)
      checks.push({ name: "file", path, result: "pass", why: "As listed." })
    else checks.push(failed("file", path, "The file was changed."))
  }
  for (const path of folder.paths)
    if (!known.has(path)) checks.push(failed("extra", path, "The file is not part of this edition."))
    else if (folder.strange.has(path))
      checks.push(failed("extra", path, "Not a plain file; it was not followed."))
  return checks
}

function failed(name: Check["name"], path: string, why: string): Check {
  return { name, path, result: "fail", why }
}
