import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { createFieldServer, type FieldServer } from "@govah/field/server"
import { build, type Plugin } from "vite"

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Takes one line out of a source file and puts a weak one in: what an attack must then break. */
export interface Weakness {
  /** As the file's path ends. */
  readonly file: string
  readonly line: string
  readonly weak: string
}

/**
 * Builds the field's page and serves it.
 *
 * @param name - of the folder for it: test files that run side by side have each its own.
 * @throws Error where the line that a weakness is to replace is not there.
 */
export async function buildFieldSite(name: string, weakness: Weakness | null = null): Promise<FieldServer> {
  const directory = join(root, "packages/field/build", name)
  let weakened = false
  const weaken: Plugin = {
    name: "weaken",
    enforce: "pre",
    transform: (code, id) => {
      if (weakness === null || !id.endsWith(weakness.file) || !code.includes(weakness.line)) return null
      weakened = true
      return code.replace(weakness.line, weakness.weak)
    },
  }
  await build({
    configFile: join(root, "packages/field/vite.config.ts"),
    logLevel: "error",
    build: { outDir: directory },
    ...(weakness === null ? {} : { plugins: [weaken], worker: { format: "es", plugins: () => [weaken] } }),
  })
  if (weakness !== null && !weakened) throw new Error(`no such line in ${weakness.file}: ${weakness.line}`)
  return await createFieldServer({ port: 0, directory })
}
