// What a person would have to remember, and a script can see at once.
import { spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { DOORS_FILE, exportedNames, indexFiles, readDoors } from "./doors.ts"
import { compatible } from "./licences.ts"
import { leftOut } from "./lockfile.ts"

const MAX_LINES = 300

interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>
}
interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly resolved?: string
  readonly link?: boolean
  readonly dev?: boolean
  readonly license?: string
  readonly hasInstallScript?: boolean
}
interface Manifest {
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly allowScripts?: Readonly<Record<string, boolean>>
}

// What git would keep: tracked files, and new ones that it was not told to ignore.
const listed = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
  maxBuffer: 2 ** 26,
})
const files = listed.stdout.split("\0").filter((path) => path !== "" && existsSync(path))
const sources = files.filter((path) => /\.(ts|tsx|js|mjs)$/.test(path))
const lock = readJson("package-lock.json") as Lock

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"))
}

/** `path:line` of every line of `paths` that fits. */
function linesLike(pattern: RegExp, paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}`] : [])),
  )
}

test("there are files to look at", () => {
  expect(listed.status).toBe(0)
  expect(sources.length).toBeGreaterThan(20)
})

test("no test is skipped, alone or put off", () => {
  const found = linesLike(
    /\b(?:it|test|describe|suite)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf|fails)\b/,
    sources,
  )
  expect(found).toEqual([])
})

test("nothing draws from a generator that can be guessed", () => {
  // The seeds of the room test say it in order to be refused.
  const seeds = "scripts/rooms/seeds.ts"
  const found = linesLike(
    /\bMath\s*\.\s*random\b/,
    sources.filter((path) => !path.includes(".test.") && path !== seeds),
  )
  expect(found).toEqual([])
})

test("nothing that people run enters by a door for tests", () => {
  // Behind one of them, a desk's passphrase is cheap to guess.
  const run = sources.filter(
    (path) => /^packages\/\w+\/src\//.test(path) && !/\.test\.|\/testing\//.test(path),
  )
  const door = /["'`](?:@govah\/\w+|\.{1,2}(?:\/[\w-]+)*)\/testing(?:\/[\w.-]+)?["'`]/
  expect(linesLike(door, run)).toEqual([])
  expect(linesLike(door, ["e2e/desk-support.ts", "packages/cli/src/bad-input.test.ts"])).toHaveLength(2)
})

test("no file is longer than one noun needs", () => {
  const long = sources
    .filter((path) => !/\.(test|gen)\.tsx?$/.test(path))
    .map((path) => [path, readFileSync(path, "utf8").split("\n").length - 1] as const)
    .filter(([, lines]) => lines > MAX_LINES)
  expect(long).toEqual([])
})

test("no path of one machine stands in the tree", () => {
  const texts = files.filter((path) =>
    /\.(ts|tsx|js|mjs|json|jsonc|md|html|css|yml|yaml|sh|txt|cddl)$/.test(path),
  )
  const machine = new RegExp(`(^|[\\s"'\`(=:])/${"work"}/`)
  expect(linesLike(machine, [...texts, ".ci/run"])).toEqual([])
})

test("indexes hold names alone", () => {
  const wrong = indexFiles(".").filter((path) => exportedNames(readFileSync(path, "utf8")) === null)
  expect(wrong).toEqual([])
})

test.each([
  ['export * from "./a.ts"', null],
  ['export { a } from "./a.ts"\nconsole.log("imported")', null],
  ["export const a = 1", null],
  [
    '// Why.\nexport { b, type C, a as d } from "./a.ts"\nexport type { E } from "./e.ts"',
    ["b", "d", "type C", "type E"],
  ],
])("reads the index %j", (source, names) => {
  expect(exportedNames(source)).toEqual(names)
})

test("the doors are those that were decided on (after deciding: npm run doors)", () => {
  expect(readDoors(".")).toEqual(readJson(DOORS_FILE))
})

test("the lockfile names no place to download from", () => {
  const elsewhere = Object.entries(lock.packages).filter(
    ([, entry]) => entry.resolved !== undefined && !entry.link,
  )
  expect(elsewhere.map(([path]) => path)).toEqual([])
})

test("the lockfile holds every package that npm ci asks it for (if not: npm run lock)", () => {
  expect(Object.keys(leftOut(lock))).toEqual([])
})

test("a package that the registry did not have is for the machines in its name", () => {
  const names = [
    "@a/b-linux-x64-musl",
    "@a/b-darwin-arm64",
    "@a/b-win32-x64-msvc",
    "@a/b-wasm32-wasi",
    "here",
  ]
  const optionalDependencies = Object.fromEntries(names.map((name) => [name, "1.0.0"]))
  const added = leftOut({
    packages: { "node_modules/a": { dev: true, optionalDependencies }, "node_modules/here": {} },
  })
  const shared = { version: "1.0.0", dev: true, optional: true }
  expect(added).toEqual({
    "node_modules/@a/b-linux-x64-musl": { ...shared, os: ["linux"], cpu: ["x64"], libc: ["musl"] },
    "node_modules/@a/b-darwin-arm64": { ...shared, os: ["darwin"], cpu: ["arm64"] },
    "node_modules/@a/b-win32-x64-msvc": { ...shared, os: ["win32"], cpu: ["x64"] },
    "node_modules/@a/b-wasm32-wasi": { ...shared, cpu: ["wasm32"] },
  })
})

test("no dependency runs code when it is installed", () => {
  expect(readFileSync(".npmrc", "utf8")).toContain("ignore-scripts=true")
  const { allowScripts = {} } = readJson("package.json") as Manifest
  expect(Object.values(allowScripts)).not.toContain(true)
})

test("every dependency is pinned to one version", () => {
  const manifests = files.filter((path) => /^(packages\/[^/]+\/)?package\.json$/.test(path))
  expect(manifests.length).toBeGreaterThan(1)
  const loose = manifests.flatMap((path) => {
    const { dependencies, devDependencies, optionalDependencies } = readJson(path) as Manifest
    return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
      .filter(([name, version]) => !name.startsWith("@govah/") && !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${path}: ${name} ${version}`)
  })
  expect(loose).toEqual([])
})

test("what ships may be part of a program under AGPL-3.0-or-later", () => {
  const shipped = Object.entries(lock.packages).filter(
    ([, entry]) => entry.dev !== true && entry.link !== true,
  )
  expect(shipped.length).toBeGreaterThan(5)
  const wrong = shipped.filter(([, entry]) => !compatible(entry.license))
  expect(wrong.map(([path, entry]) => `${path}: ${entry.license}`)).toEqual([])
})

test.each([
  ["MIT", true],
  ["(MIT OR Apache-2.0)", true],
  ["(MIT OR SSPL-1.0)", true],
  ["SSPL-1.0", false],
  ["MIT AND SSPL-1.0", false],
  ["MIT AND (SSPL-1.0 OR ISC)", true],
  ["GPL-2.0-only", false],
  ["CC-BY-NC-4.0", false],
  ["SEE LICENSE IN LICENSE.txt", false],
  ["(MIT", false],
  ["", false],
  [undefined, false],
])("licence %j: %s", (expression, allowed) => {
  expect(compatible(expression)).toBe(allowed)
})
