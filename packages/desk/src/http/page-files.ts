import { readdir, readFile } from "node:fs/promises"
import { join, sep } from "node:path"
import { HttpError } from "./http-error.ts"

/** One file of the built page. */
export interface PageFile {
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  woff2: "font/woff2",
}

/**
 * Reads the built page once, into memory, by the path it is asked for. What is not in this list does not exist: no request
 * ever reaches the disk.
 *
 * @throws HttpError `page-not-built` where the folder holds no index.html.
 */
export async function readPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const files = new Map<string, PageFile>()
  for (const name of names) {
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1)]
    if (type === undefined) continue
    const bytes = new Uint8Array(await readFile(join(folder, name)))
    files.set(`/${name.split(sep).join("/")}`, { type, bytes })
  }
  const index = files.get("/index.html")
  if (index === undefined)
    throw new HttpError("page-not-built", "the desk's page is not built: run npm run build -w @govah/desk")
  files.set("/", index)
  return files
}
