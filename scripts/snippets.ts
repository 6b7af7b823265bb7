// What the papers say must be so: their runnable blocks run, their links lead somewhere, the paths they name are there.
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fences, runFences } from "./papers/fence.ts"
import { brokenLinks, brokenPaths, brokenScripts } from "./papers/link.ts"

const PAGES = ["*.md", "docs/**/*.md", "spec/**/*.md", "bench/**/*.md", "samples/**/*.md"]

/** Everything wrong with the papers under `root`, one line each. */
export function paperFaults(root: string): string[] {
  const pages = globSync(PAGES, { cwd: root, exclude: ["**/node_modules/**"] }).sort()
  return pages.flatMap((page) => {
    const markdown = readFileSync(join(root, page), "utf8")
    return [
      ...brokenLinks(root, page, markdown),
      ...brokenPaths(root, page, markdown),
      ...brokenScripts(root, page, markdown),
      ...runFences(root, page, fences(markdown)),
    ]
  })
}

if (import.meta.main) {
  const faults = paperFaults(".")
  for (const fault of faults) console.log(fault)
  process.exitCode = faults.length === 0 ? 0 : 1
}
