// A gate that has never been seen to close proves nothing: seed each violation, demand the refusal, and let pass what
// must pass. Each gate runs once, over all its seeds.
import { spawnSync } from "node:child_process"
import { rmSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { LINT_SEEDS, RUN_SEEDS, type Seed, TYPE_SEEDS } from "./rooms/seeds.ts"
import { makeSkeleton, ROOMS, write } from "./rooms/skeleton.ts"
import { TRACE_SEEDS } from "./rooms/trace-seeds.ts"

// Every room meets this one, so that a room added without a rule of its own is found.
const CLOSED_TO_ALL: readonly Seed[] = ROOMS.filter((room) => room !== "cli").flatMap((room) =>
  ["desk", "relay", "field", "archive", "cli"]
    .filter((other) => other !== room)
    .map(
      (other): Seed => [
        `${room}/src/${room === "core" ? "open/" : ""}to-${other}.ts`,
        `export { door } from "@govah/${other}"`,
        /no-restricted-imports/,
      ],
    ),
)

/** What a gate says of each file, by path under packages/. */
type Verdicts = ReadonlyMap<string, string>

function gate(
  name: string,
  seeds: readonly Seed[],
  ask: (root: string) => Iterable<[path: string, said: string]>,
): void {
  describe(name, () => {
    let root = ""
    let verdicts: Verdicts = new Map()
    beforeAll(() => {
      root = makeSkeleton()
      for (const [path, code] of seeds) write(root, `packages/${path}`, `${code}\n`)
      const said = new Map<string, string>()
      for (const [path, what] of ask(root)) said.set(path, `${said.get(path) ?? ""}${what}\n`)
      verdicts = said
    })
    afterAll(() => rmSync(root, { recursive: true, force: true }))

    test.each(seeds)("%s: %s", (path, _code, refused) => {
      if (refused === null) expect(verdicts.get(path)).toBeUndefined()
      else expect(verdicts.get(path)).toMatch(refused)
    })
  })
}

function run(root: string, program: string, ...args: string[]): string {
  const bin = program === "node" ? process.execPath : resolve("node_modules", ".bin", program)
  const done = spawnSync(bin, args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 })
  if (done.error) throw done.error
  return done.stdout
}

gate("lint", [...LINT_SEEDS, ...TRACE_SEEDS, ...CLOSED_TO_ALL], function* (root) {
  const said = JSON.parse(run(root, "oxlint", "-f", "json", "packages")) as {
    diagnostics: ReadonlyArray<{ filename: string; code: string }>
  }
  for (const { filename, code } of said.diagnostics) yield [relative("packages", filename), code]
})

gate("types", TYPE_SEEDS, function* (root) {
  for (const line of run(root, "tsc", "-b", "--pretty", "false").split("\n")) {
    const found = /^packages\/(.+?)\(\d+,\d+\): error (TS\d+)/.exec(line)
    if (found !== null) yield [found[1] as string, found[2] as string]
  }
})

gate("run", RUN_SEEDS, function* (root) {
  const tell = `for (const path of process.argv.slice(1)) await import(path).catch((error) => console.log(path, error.code))`
  const paths = RUN_SEEDS.map(([path]) => join(root, "packages", path))
  for (const line of run(root, "node", "--input-type=module", "-e", tell, ...paths)
    .trim()
    .split("\n")) {
    const [path = "", code = ""] = line.split(" ")
    yield [relative(join(root, "packages"), path), code]
  }
})
