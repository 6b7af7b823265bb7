/* oxlint-disable govah/no-traces -- holds the program and two notes about it, nothing of a person: the one store that sw.js can serve from */
import { type Json, parseCanonicalJson, canonicalJsonBytes } from "@govah/core/bytes"
import { MAX_VERSION } from "@govah/core/release"
import type { Shelf } from "../trust/ports.ts"

const NAME = "govah-release-"
const NOTES = "govah-notes"
const DIGITS = String(MAX_VERSION).length

/** What a browser is told of a file that it gets from the shelf; it must not guess. */
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  png: "image/png",
  woff2: "font/woff2",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
}

/**
 * The browser's store of answers as a shelf: the one store that a service worker can serve from. One cache a release, whose
 * name sorts as its number does; `public/sw.js` reads them by the same names.
 *
 * @param headers - of the page as it was served: its policy must hold for what comes from the shelf as well.
 */
export function cacheShelf(headers: Readonly<Record<string, string>>): Shelf {
  const open = (version: number): Promise<Cache> =>
    caches.open(`${NAME}${String(version).padStart(DIGITS, "0")}`)
  const get = async (cache: Cache, path: string): Promise<Uint8Array | null> => {
    const answer = await cache.match(`/${path}`)
    return answer === undefined ? null : new Uint8Array(await answer.arrayBuffer())
  }
  return {
    versions: async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith(NAME))
      return names.map((name) => Number(name.slice(NAME.length))).sort((a, b) => a - b)
    },
    get: async (version, path) => await get(await open(version), path),
    put: async (version, path, bytes) => {
      const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream"
      const answer = new Response(bytes as Uint8Array<ArrayBuffer>, {
        headers: { ...headers, "Content-Type": type, "X-Content-Type-Options": "nosniff" },
      })
      await (await open(version)).put(`/${path}`, answer)
    },
    drop: async (version) => {
      // The mark first: what is left, should this be cut short, is then no release any more.
      await (await open(version)).delete("/release/release.txt")
      await caches.delete(`${NAME}${String(version).padStart(DIGITS, "0")}`)
    },
    note: async (name) => {
      const bytes = await get(await caches.open(NOTES), name)
      return bytes === null ? null : parseCanonicalJson(bytes)
    },
    setNote: async (name, value) => {
      const notes = await caches.open(NOTES)
      if (value === null) await notes.delete(`/${name}`)
      else
        await notes.put(
          `/${name}`,
          new Response(canonicalJsonBytes(value satisfies Json) as Uint8Array<ArrayBuffer>),
        )
    },
  }
}
