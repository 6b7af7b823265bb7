import { readdir, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Context } from "../command.ts"

const packages = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))

/** The desk's built page, built anew where its sources are newer. @returns its folder. */
export async function deskPage(context: Context): Promise<string> {
  return await builtPage("desk", join(packages, "desk", "dist", "web"), context)
}

/** The field app's built page, built anew where its sources are newer. @returns its folder. */
export async function fieldPage(context: Context): Promise<string> {
  return await builtPage("field", join(packages, "field", "dist"), context)
}

async function builtPage(room: "desk" | "field", folder: string, context: Context): Promise<string> {
  const built = await stat(join(folder, "index.html")).catch(() => null)
  const sources = [
    join(packages, room, "src"),
    join(packages, "core", "src"),
    join(packages, room, "vite.config.ts"),
  ]
  if (built !== null && built.mtimeMs > (await newest(sources))) return folder
  context.print(`Building the ${room}'s page …`)
  const { build } = await import("vite")
  await build({ configFile: join(packages, room, "vite.config.ts"), logLevel: "error", mode: "production" })
  return folder
}

/** When the newest file at or below `paths` was changed, in milliseconds since 1970. */
async function newest(paths: readonly string[]): Promise<number> {
  let newestMs = 0
  for (const path of paths) {
    const below = await readdir(path, { recursive: true }).catch(() => [])
    for (const name of ["", ...below]) newestMs = Math.max(newestMs, (await stat(join(path, name))).mtimeMs)
  }
  return newestMs
}
