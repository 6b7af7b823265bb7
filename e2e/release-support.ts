import { cp, mkdir, readFile, writeFile } from "node:fs/promises"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { dirname, extname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { run } from "@govah/cli"
import { nodePrimitives } from "@govah/node"
import { build } from "vite"
import { onTestFinished } from "vitest"

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Whoever releases: keys of its own, a build that has pinned them, and a log. */
export interface Releaser {
  readonly folder: string
  /** The built page, of no number yet. */
  readonly dist: string
  /**
   * Makes a release of the build with a mark in its page, and returns its folder. @param over - options of `release make`.
   */
  release(version: number, over?: Readonly<Record<string, string>>): Promise<string>
  govah(...argv: readonly string[]): Promise<string>
}

/** @param folder - an empty one. @param name - of its keys: two of one name have the same names and other keys. */
export async function makeReleaser(folder: string, name = "test.example"): Promise<Releaser> {
  await mkdir(folder, { recursive: true })
  const at = (path: string): string => join(folder, path)
  const key = async (file: string): Promise<string> =>
    await govah("release", "key", at(file), "--name", `${name}/${file}`)
  const keys = {
    log: await key("log-key"),
    signers: [await key("one"), await key("two")],
    threshold: 2,
    v: 1,
  }
  await writeFile(at("keys.json"), JSON.stringify(keys))
  return {
    folder,
    dist: at("dist"),
    govah,
    release: async (version, over = {}) => {
      const marked = at(`marked-${version}`)
      await cp(at("dist"), marked, { recursive: true })
      const page = await readFile(join(marked, "index.html"), "utf8")
      await writeFile(
        join(marked, "index.html"),
        page.replace("</title>", `</title><meta name="mark" content="${version}">`),
      )
      await writeFile(join(marked, `assets/mark-${version}.js`), `/* ${version} */`)
      const out = at(`release-${version}-${Math.floor(performance.now() * 1_000)}`)
      const wish = {
        site: marked,
        version: String(version),
        log: at("log"),
        "log-key": at("log-key"),
        out,
        ...over,
      }
      const options = Object.entries(wish).flatMap(([option, value]) => [`--${option}`, value])
      await govah("release", "make", ...options, "--key", at("one"), "--key", at("two"))
      return out
    },
  }
}

/** Builds the page with the keys of a releaser. */
export async function buildPage(releaser: Releaser): Promise<void> {
  process.env["GOVAH_RELEASE_KEYS"] = join(releaser.folder, "keys.json")
  try {
    await build({
      configFile: join(root, "packages/field/vite.config.ts"),
      logLevel: "error",
      build: { outDir: releaser.dist },
    })
  } finally {
    delete process.env["GOVAH_RELEASE_KEYS"]
  }
}

/** Runs one command line that must work. @returns what it printed. */
async function govah(...argv: readonly string[]): Promise<string> {
  const said: string[] = []
  const context = {
    primitives: nodePrimitives,
    now: () => new Date(),
    env: {},
    print: (line: string) => void said.push(line),
    write: async () => {},
    askSecret: async () => null,
    signal: new AbortController().signal,
  }
  const code = await run(argv, context, (line) => void said.push(line))
  if (code !== 0) throw new Error(said.join("\n"))
  return said.join("\n")
}

/** A host that a test turns: it serves whatever lies in its folder at that moment. */
export interface TurningHost {
  readonly url: string
  /** What is served. */
  folder: string
  /** By path: served instead of the folder's. */
  readonly altered: Map<string, string>
  /** Paths to which no answer is ever given. */
  readonly held: Set<string>
  /** Paths that were asked for, in order; those of service worker scripts with a mark. */
  readonly asked: string[]
  isDown: boolean
}

export async function turningHost(
  folder: string,
  workerCache = "public, max-age=31536000",
): Promise<TurningHost> {
  const waiting = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    const path = request.url === "/" ? "/index.html" : (request.url ?? "/")
    host.asked.push(request.headers["service-worker"] === "script" ? `${path} worker` : path)
    if (host.isDown) return void response.destroy()
    if (host.held.has(path)) return void waiting.add(response)
    const type = { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream" }
    const cached = path === "/sw.js" ? workerCache : "no-cache"
    const bytes = host.altered.get(path)
    const answer = bytes === undefined ? readFile(join(host.folder, path)) : Promise.resolve(bytes)
    answer.then(
      (body) => response.writeHead(200, { ...type, "Cache-Control": cached }).end(body),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve)
  })
  onTestFinished(async () => {
    for (const response of waiting) response.destroy()
    server.closeAllConnections()
    await new Promise((resolve) => {
      server.close(resolve)
    })
  })
  const { port } = server.address() as AddressInfo
  const host: TurningHost = {
    url: `http://127.0.0.1:${port}/`,
    folder,
    altered: new Map(),
    held: new Set(),
    asked: [],
    isDown: false,
  }
  return host
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
}
