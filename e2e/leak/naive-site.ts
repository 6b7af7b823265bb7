import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { brotliCompressSync, gzipSync } from "node:zlib"
import type { Hands } from "./hands.ts"

/** A page as anybody would write it, which leaves what it is told in every sink that a browser has. */
export interface NaiveSite {
  readonly url: string
  close(): void
}

/** A word for each sink, to be looked for afterwards. @see {@link useNaively} */
export type NaiveMark = (sink: string) => string

const PAGE = `<!doctype html><meta charset="utf-8"><title>naive</title>
<form method="post" action="/post">
<label>words <textarea name="words"></textarea></label>
<label>line <input name="line"></label>
<label>careful <input name="careful" autocomplete="off"></label>
<input type="file" name="file">
<button>send</button>
</form>`

const PACKED: Readonly<Record<string, readonly [encoding: string, pack: (body: Buffer) => Buffer]>> = {
  "/plain": ["", (body) => body],
  "/gzip": ["gzip", (body) => gzipSync(body)],
  "/br": ["br", (body) => brotliCompressSync(body)],
}

/** @param mark - gives the words that its server answers with, packed and not. */
export async function startNaiveSite(mark: NaiveMark): Promise<NaiveSite> {
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://naive")
    request.resume()
    const [encoding, pack] = PACKED[pathname] ?? []
    if (encoding !== undefined && pack !== undefined) {
      response.writeHead(200, {
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "max-age=3600",
        ...(encoding === "" ? {} : { "Content-Encoding": encoding }),
      })
      return void response.end(pack(Buffer.from(`${mark(`HTTP cache ${encoding}`)} `.repeat(20))))
    }
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" })
    response.end(pathname === "/post" ? "<title>naive</title>thanks" : PAGE)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/**
 * Says a word into every sink: what is typed and not sent, and what a script stores, some of it deleted at once.
 *
 * @param photo - bytes that it stores as they are.
 */
export async function useNaively(
  hands: Hands,
  site: NaiveSite,
  mark: NaiveMark,
  file: string,
  photo: Buffer,
): Promise<void> {
  await hands.goto(`${site.url}/?words=${mark("address query")}#${mark("address fragment")}`)
  await hands.write("words", mark("textarea"))
  await hands.write("line", mark("input"))
  await hands.setFiles("input[type=file]", file)
  const words = {
    title: mark("title"),
    state: mark("history state"),
    address: mark("pushed address"),
    local: mark("localStorage"),
    session: mark("sessionStorage"),
    database: mark("IndexedDB, deleted"),
    databaseKept: mark("IndexedDB"),
    databaseWide: mark("IndexedDB, wide letters"),
    file: mark("OPFS, createWritable"),
    cache: mark("CacheStorage"),
    photo: photo.toString("base64"),
  }
  await hands.evaluate(`(${SPREAD})(${JSON.stringify(words)})`)
}

/** Sends the form: what was typed goes into the history of fields. */
export async function sendNaively(hands: Hands, site: NaiveSite, mark: NaiveMark): Promise<void> {
  await hands.goto(`${site.url}/`)
  await hands.write("line", mark("form"))
  await hands.write("careful", mark("form, autocomplete off"))
  await hands.press("send")
  await hands.see("thanks")
}

const SPREAD = `async (words) => {
  document.title = words.title
  history.pushState({ words: words.state }, "", "/?words=" + words.address)
  localStorage.setItem("words", words.local)
  sessionStorage.setItem("words", words.session)
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open("words", 1)
    request.onupgradeneeded = () => request.result.createObjectStore("words")
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const change = (work) => new Promise((resolve, reject) => {
    const transaction = database.transaction("words", "readwrite", { durability: "strict" })
    work(transaction.objectStore("words"))
    transaction.oncomplete = () => resolve()
    transaction.onerror = () => reject(transaction.error)
  })
  await change((store) => store.put(words.database, "deleted"))
  await change((store) => store.delete("deleted"))
  await change((store) => store.put(words.databaseKept, "kept"))
  // Many copies: repeated words are what a packer shortens.
  await change((store) => store.put((words.databaseWide + " ").repeat(50), "wide"))
  const photo = Uint8Array.from(atob(words.photo), (letter) => letter.charCodeAt(0))
  const folder = await navigator.storage.getDirectory()
  for (const [name, what] of [["words", words.file], ["photo", photo]]) {
    const writable = await (await folder.getFileHandle(name, { create: true })).createWritable()
    await writable.write(what)
    await writable.close()
  }
  const cache = await caches.open("words")
  await cache.put("/words", new Response(words.cache))
  for (const kind of ["plain", "gzip", "br"]) await (await fetch("/" + kind)).text()
  return true
}`
