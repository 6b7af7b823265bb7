// npm leaves an optional package out of the lockfile where the registry it asked does not have it, and `npm ci` then
// refuses the lockfile on every machine. `npm run lock` writes in what was left out: a version, and the machines that the
// package's name says it is for. Without a hash: nobody has seen its bytes.
import { readFileSync, writeFileSync } from "node:fs"

/** The part of package-lock.json (version 3) that completing it needs. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockfileEntry>>
}
interface LockfileEntry {
  readonly version?: string
  readonly dev?: boolean
  readonly license?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
]
const PROCESSORS = [
  "arm",
  "arm64",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
]

/** Optional packages that some package names and the lockfile does not hold, each with an entry made of its name. */
export function leftOut(lock: Lockfile): Record<string, object> {
  const found: Record<string, object> = {}
  for (const entry of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`
      if (lock.packages[path] !== undefined) continue
      const words = name.split(/[/.-]/)
      const fits = (list: readonly string[]): string[] => list.filter((word) => words.includes(word))
      const [os, cpu] = [fits(SYSTEMS), fits(PROCESSORS)]
      found[path] = {
        version,
        ...(cpu.length > 0 && { cpu }),
        ...(entry.dev === true && { dev: true }),
        ...(words.includes("musl") && { libc: ["musl"] }),
        ...(entry.license !== undefined && { license: entry.license }),
        optional: true,
        ...(os.length > 0 && { os }),
      }
    }
  }
  return found
}

if (import.meta.main) {
  const path = "package-lock.json"
  const lock = JSON.parse(readFileSync(path, "utf8")) as Lockfile
  const added = leftOut(lock)
  const entries = Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => a.localeCompare(b, "en"))
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(entries) }, null, 2)}\n`)
  console.log(`package-lock.json: added ${Object.keys(added).length}`)
}
