import { type Stats, globSync, lstatSync, readFileSync, readlinkSync, statSync } from "node:fs"
import { join } from "node:path"

/** The files of a machine, as far as they may be read. Whatever may not be, is not there. */
export interface Machine {
  /** The text of a file, or null. */
  read(path: string): string | null
  stat(path: string): Stats | null
  /** Where a link leads, or null. */
  link(path: string): string | null
  /** Paths that fit a pattern, sorted. */
  find(pattern: string): readonly string[]
}

/** @param root - `/`, or where the disk of another machine is mounted. */
export function machineAt(root: string): Machine {
  const at = (path: string): string => join(root, path)
  const within = (path: string): string => (root === "/" ? path : path.slice(at("/").length - 1))
  return {
    read: (path) => attempt(() => readFileSync(at(path), "utf8")),
    stat: (path) => attempt(() => statSync(at(path))),
    link: (path) => attempt(() => (lstatSync(at(path)).isSymbolicLink() ? readlinkSync(at(path)) : null)),
    find: (pattern) => (attempt(() => globSync(at(pattern))) ?? []).map(within).sort(),
  }
}

function attempt<T>(look: () => T): T | null {
  try {
    return look()
  } catch {
    return null
  }
}
