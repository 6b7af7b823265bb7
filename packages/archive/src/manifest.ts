import { utf8Bytes, utf8Text } from "@govah/core/bytes"
import { sha256Hex } from "./ed25519.ts"
import type { Files } from "./replace-folder.ts"

/** Name of the list of files in an archive's folder. */
export const MANIFEST = "MANIFEST"

/** One line of the list. */
export interface ManifestLine {
  /** 64 lower-case hex digits. */
  readonly sha256: string
  readonly bytes: number
  readonly path: string
}

/** Lines `sha256  bytes  path`, sorted by path. Two spaces, so that `awk` makes of it what `sha256sum -c` reads. */
export function formatManifest(files: Files): Uint8Array {
  const lines = [...files].sort(([a], [b]) => (a < b ? -1 : 1))
  return utf8Bytes(lines.map(([path, bytes]) => `${sha256Hex(bytes)}  ${bytes.length}  ${path}\n`).join(""))
}

/** Reads a list, or null where it is not one in the one spelling that {@link formatManifest} writes. */
export function parseManifest(received: Uint8Array): ManifestLine[] | null {
  const text = utf8Text(received)
  if (text === null || !text.endsWith("\n")) return null
  const lines: ManifestLine[] = []
  let last = ""
  for (const line of text.slice(0, -1).split("\n")) {
    const [, sha256, bytes, path] = /^([0-9a-f]{64}) {2}(0|[1-9][0-9]{0,15}) {2}(\S{1,200})$/.exec(line) ?? []
    if (sha256 === undefined || path === undefined || !isArchivePath(path) || path <= last) return null
    lines.push({ sha256, bytes: Number(bytes), path })
    last = path
  }
  return lines
}

/** Whether a path may stand in an archive: relative, ASCII, no hidden names, and so no way out of the folder. */
export function isArchivePath(path: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(path)
}
