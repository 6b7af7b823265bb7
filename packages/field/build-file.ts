// Builds the whole app as one HTML file: `node build-file.ts [FILE]`. Scripts, styles and workers stand in it, and its policy
// names them by their hashes: nothing else can run in it, wherever it lies.
import { createHash } from "node:crypto"
import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { build, type Plugin, type Rolldown } from "vite"

/** Workers are written as for a page that has files beside it; here each becomes part of the script that starts it. */
export function inlineWorkers(): Plugin {
  return {
    name: "govah:inline-workers",
    enforce: "pre",
    transform(code, id) {
      if (!/\.tsx?$/.test(id)) return null
      const imports: string[] = []
      const changed = code.replace(
        /new Worker\(new URL\("([^"]+)", import\.meta\.url\), \{ type: "module" \}\)/g,
        (_, path: string) => {
          const name = `InlinedWorker${imports.length}`
          imports.push(`import ${name} from "${path}?worker&inline"\n`)
          return `new ${name}()`
        },
      )
      return imports.length === 0 ? null : { code: imports.join("") + changed, map: null }
    },
  }
}

/** Builds it. @returns the file's bytes: the same for the same sources. */
export async function buildSingleFile(): Promise<Buffer> {
  const whole = { output: { codeSplitting: false } }
  const built = (await build({
    configFile: join(import.meta.dirname, "vite.config.ts"),
    logLevel: "error",
    publicDir: false,
    plugins: [inlineWorkers()],
    // Not modules: a page from a disk has no origin, and Chromium loads no module for its workers.
    worker: { format: "iife", rolldownOptions: whole },
    build: { write: false, assetsInlineLimit: () => true, cssCodeSplit: false, rolldownOptions: whole },
  })) as Rolldown.RolldownOutput
  const textOf = (ending: string): string => {
    const found = built.output.filter(({ fileName }) => fileName.endsWith(ending))
    const [only] = found
    if (only === undefined || found.length > 1) throw new Error(`${found.length} files end in ${ending}`)
    return only.type === "chunk" ? only.code : String(only.source)
  }
  // Neither may end early, nor begin what HTML would take for a comment: in a script both can only stand in strings.
  const script = textOf(".js").replaceAll(/<(?=\/script|!--|script)/gi, "\\x3C")
  const style = textOf(".css")
  if (/<\/style/i.test(style)) throw new Error("a style that ends itself")
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}' 'wasm-unsafe-eval'`,
    `style-src '${hashOf(style)}'`,
    "worker-src blob:",
    "font-src data:",
    "connect-src https: http://127.0.0.1:* http://localhost:*",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ")
  const page = textOf(".html")
    .replace(
      /(http-equiv="Content-Security-Policy"\s+content=")[^"]*/,
      (_, before: string) => before + policy,
    )
    .replace(/\s*<script type="module"[^>]*><\/script>/, "")
    .replace(/\s*<link rel="(?:stylesheet|manifest)"[^>]*>/g, "")
    .replace(
      "</title>",
      () => `</title>\n    <meta name="edition" content="file" />\n    <style>${style}</style>`,
    )
    .replace("</body>", () => `<script type="module">${script}</script>\n  </body>`)
  if (page.includes("\r"))
    throw new Error("a carriage return: the hashes would not be those that a browser takes")
  return Buffer.from(page)
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`
}

if (import.meta.main) {
  const file = process.argv[2] ?? join(import.meta.dirname, "dist-file", "notes.html")
  const bytes = await buildSingleFile()
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, bytes)
  console.log(`${bytes.length} bytes in ${file}`)
}
