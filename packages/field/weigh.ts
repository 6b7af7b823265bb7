import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { build } from "vite"

/** What a phone fetches, in bytes: text as gzip packs it, fonts as they are. */
export interface Weight {
  /** The page, its style and all script that it needs before it answers, and before a report can be made. */
  readonly shell: number
  /** The worker that seals, with all that it needs before it can. */
  readonly sealingWorker: number
  readonly fonts: number
  readonly gazetteer: number
}

/** Builds the page as for a release, and weighs it. */
export async function weighPage(): Promise<Weight> {
  const outDir = mkdtempSync(join(tmpdir(), "govah-weigh-"))
  // A tester's environment makes a build that names every file and line of its elements: 4 KB that no phone fetches.
  const before = process.env["NODE_ENV"]
  process.env["NODE_ENV"] = "production"
  try {
    await build({
      configFile: join(import.meta.dirname, "vite.config.ts"),
      logLevel: "error",
      build: { outDir, emptyOutDir: true },
    })
    const read = (path: string): Buffer => readFileSync(join(outDir, path))
    const assets = readdirSync(join(outDir, "assets")).map((name) => `assets/${name}`)
    const html = read("index.html").toString()
    const linked = assets.filter((path) => html.includes(path) || /\/record-/.test(path))
    const packed = (paths: Iterable<string>): number =>
      [...paths].reduce((sum, path) => sum + gzipSync(read(path), { level: 9 }).length, 0)
    const one = (pattern: RegExp): string[] => assets.filter((path) => pattern.test(path))
    return {
      shell: packed(new Set(["index.html", ...linked.flatMap((path) => withImports(path, read))])),
      sealingWorker: packed(new Set(one(/engine\.worker-/).flatMap((path) => withImports(path, read)))),
      fonts: one(/\.woff2$/).reduce((sum, path) => sum + read(path).length, 0),
      gazetteer: packed(one(/built-in-/)),
    }
  } finally {
    if (before === undefined) delete process.env["NODE_ENV"]
    else process.env["NODE_ENV"] = before
    rmSync(outDir, { recursive: true, force: true })
  }
}

/** A script and what it imports before it runs; `import()` is for later. */
function withImports(path: string, read: (path: string) => Buffer, seen: Set<string> = new Set()): string[] {
  if (seen.has(path)) return []
  seen.add(path)
  if (!path.endsWith(".js")) return [path]
  const imported = [
    ...read(path)
      .toString()
      .matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g),
  ]
  return [path, ...imported.flatMap(([, name]) => withImports(`assets/${name}`, read, seen))]
}
