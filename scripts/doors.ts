// The names behind every door of every room. doors.json is the committed list: adding a name is a decision, not an
// accident. `npm run doors` writes it anew.
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"

/** Names by door, e.g. `@govah/core/cell`; types stand as `type Name`. */
export type NamesByDoor = Readonly<Record<string, readonly string[]>>

/** Where the committed list lies. */
export const DOORS_FILE = "scripts/doors.json"

/** Reads the doors of all rooms as they are now. A door whose file is not there has no names. */
export function readDoors(root: string): NamesByDoor {
  const names: Record<string, readonly string[]> = {}
  for (const path of globSync("packages/*/package.json", { cwd: root }).sort()) {
    const manifest = JSON.parse(readFileSync(join(root, path), "utf8")) as {
      name: string
      exports?: Record<string, string>
    }
    for (const [door, file] of Object.entries(manifest.exports ?? {})) {
      if (!file.endsWith(".ts")) continue
      const source = join(root, dirname(path), file)
      names[join(manifest.name, door)] = existsSync(source)
        ? (exportedNames(readFileSync(source, "utf8")) ?? [])
        : []
    }
  }
  return names
}

/** Index files: every file of that name in a room, a door or not. */
export function indexFiles(root: string): string[] {
  return globSync("packages/*/src/**/index.ts", { cwd: root }).map((path) => relative(root, join(root, path)))
}

const STATEMENT = /^\s*export\s+(type\s+)?\{([^}]*)\}\s+from\s+"[^"]+";?/

/**
 * The names that an index gives, sorted; or null where it holds anything but `export { x } from "…"`.
 *
 * An index with logic in it runs when somebody imports a name; one with `export *` grows without anybody deciding so.
 */
export function exportedNames(source: string): readonly string[] | null {
  let rest = source.replaceAll(/\/\*[^]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "")
  const names: string[] = []
  for (let found = STATEMENT.exec(rest); found !== null; found = STATEMENT.exec(rest)) {
    const [whole, type, list = ""] = found
    const items = list.split(",").map((item) => item.trim().split(/\s+as\s+/))
    for (const item of items) {
      const name = item.at(-1) ?? ""
      if (name === "") continue
      const isType = type !== undefined || item[0]?.startsWith("type ") === true
      names.push(`${isType ? "type " : ""}${name.replace(/^type /, "")}`)
    }
    rest = rest.slice(whole.length)
  }
  return rest.trim() === "" ? names.sort() : null
}

/** The list as it is committed: one name a line, so that a change reads as what it is. */
export function formatDoors(doors: NamesByDoor): string {
  return `${JSON.stringify(doors, null, 2)}\n`
}

if (import.meta.main) {
  if (process.argv[2] === "--write") writeFileSync(DOORS_FILE, formatDoors(readDoors(".")))
  else console.log(formatDoors(readDoors(".")))
}
