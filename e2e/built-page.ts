import { join } from "node:path"
import { createFieldServer, type FieldServer } from "@govah/field/server"
import { build } from "vite"

const packages = join(import.meta.dirname, "..", "packages")
const BUILT = Symbol.for("govah built pages")
const built = ((globalThis as { [BUILT]?: Map<string, Promise<string>> })[BUILT] ??= new Map())

/**
 * The folder of a page, built once for all files of tests that run in this process, in a folder of this process's own: nobody
 * may change it.
 */
export async function builtPage(room: "field" | "desk"): Promise<string> {
  const there = built.get(room) ?? buildPage(room)
  built.set(room, there)
  return await there
}

async function buildPage(room: "field" | "desk"): Promise<string> {
  const outDir = join(packages, room, "build", `page-${process.env["VITEST_POOL_ID"] ?? process.pid}`)
  await build({ configFile: join(packages, room, "vite.config.ts"), logLevel: "error", build: { outDir } })
  return outDir
}

/** The field's page on a server of one's own, and so with an origin of its own: to be closed. */
export async function serveFieldPage(): Promise<FieldServer> {
  return await createFieldServer({ port: 0, directory: await builtPage("field") })
}
