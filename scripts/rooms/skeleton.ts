import {
  copyFileSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"

/** Every room of the house, in the order of `ls`. */
export const ROOMS: readonly string[] = readdirSync("packages")

/**
 * A copy of the house without furniture: its real configuration and manifests, and behind each door a file that exports
 * `door`. Seeds go here, so that no test touches the tree that people work in.
 *
 * @returns the folder's path; the caller removes it.
 */
export function makeSkeleton(): string {
  const root = mkdtempSync(join(tmpdir(), "govah-rooms-"))
  const configuration = [
    "package.json",
    "tsconfig*.json",
    ".oxlintrc.json",
    ".gitignore",
    "scripts/lint/*.ts",
    "packages/*/*.json",
  ]
  for (const path of globSync([...configuration, "{e2e,bench,samples,scripts}/tsconfig.json"])) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    copyFileSync(path, join(root, path))
  }
  // oxlint takes .gitignore to heart in repositories alone.
  mkdirSync(join(root, ".git"))
  for (const room of ROOMS) for (const door of doorFiles(room)) write(root, `packages/${room}/${door}`, DOOR)
  const world = "packages/core/src/platform.d.ts"
  copyFileSync(world, join(root, world))
  linkModules(root)
  return root
}

const DOOR = 'export const door: string = "door"\nexport interface Door {\n  readonly door: string\n}\n'

/** Writes one file of the copy. */
export function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function doorFiles(room: string): string[] {
  const manifest = JSON.parse(readFileSync(`packages/${room}/package.json`, "utf8")) as {
    exports: Record<string, string>
  }
  return Object.values(manifest.exports).filter((path) => path.endsWith(".ts"))
}

// Everything installed is as it is, but the rooms are the copy's own.
function linkModules(root: string): void {
  mkdirSync(join(root, "node_modules", "@govah"), { recursive: true })
  for (const name of readdirSync("node_modules")) {
    if (name !== "@govah") symlinkSync(resolve("node_modules", name), join(root, "node_modules", name))
  }
  for (const room of ROOMS)
    symlinkSync(join(root, "packages", room), join(root, "node_modules", "@govah", room))
}
