import { mkdtempSync, rmSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { run } from "@govah/cli"
import { createFieldServer } from "@govah/field/server"
import { nodePrimitives as primitives } from "@govah/node"
import type { Page } from "playwright-core"
import { median, round, scaledMs } from "../figures.ts"
import { giveVerdict } from "../verdict.ts"
import { measureYardstick } from "../yardstick.ts"
import { buildPage, openPhone, SLOWER } from "./phone.ts"
import { type Start, timedVisit } from "./timed-visit.ts"

// How soon an installed page can be used when the browser has just been started and there is no network: see README.md.
const ROUNDS = Number(process.env["GOVAH_BENCH_ROUNDS"] ?? 5)

const before = measureYardstick()
const folder = mkdtempSync(join(tmpdir(), "govah-bench-offline-"))
const starts: Start[] = []
const blanks: number[] = []
try {
  const released = await release()
  const profile = join(folder, "profile")
  const site = await createFieldServer({ port: 0, directory: released })
  const first = await openPhone(profile)
  await install(await first.newPage(), site.url)
  await first.close()
  // From now on there is no network.
  await site.close()
  for (let turn = 0; turn < ROUNDS; turn++) {
    starts.push(await timedVisit(profile, site.url))
    // What an empty page takes beside it: what the browser itself needs, slowed as much.
    blanks.push((await timedVisit(profile, "data:text/html,<button>x</button>")).firstPaintMs)
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** A release that the page itself accepts: built with keys of its own, signed by two. @returns the folder to be served. */
async function release(): Promise<string> {
  const at = (name: string): string => join(folder, name)
  const key = async (name: string): Promise<string> =>
    await govah("release", "key", at(name), "--name", `bench.example/${name}`)
  const keys = {
    log: await key("log-key"),
    signers: [await key("one"), await key("two")],
    threshold: 2,
    v: 1,
  }
  await writeFile(at("keys.json"), JSON.stringify(keys))
  process.env["GOVAH_RELEASE_KEYS"] = at("keys.json")
  await buildPage(at("dist"))
  const wish = {
    site: at("dist"),
    version: "1",
    log: at("log"),
    "log-key": at("log-key"),
    out: at("release"),
  }
  const options = Object.entries(wish).flatMap(([option, value]) => [`--${option}`, value])
  await govah("release", "make", ...options, "--key", at("one"), "--key", at("two"))
  return join(at("release"), "site")
}

/** Runs one command line that must work. @returns what it printed. */
async function govah(...argv: readonly string[]): Promise<string> {
  const said: string[] = []
  const context = {
    primitives,
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

/** A first visit, until the page is kept whole and answers without the network. */
async function install(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

const of = (part: keyof Start): number => round(median(starts.map((one) => one[part])))
const yardsticks = { before, after: measureYardstick() }
const limit = (ms: number): number => scaledMs(ms, [yardsticks.before, yardsticks.after])
const result = {
  rounds: ROUNDS,
  slower: SLOWER,
  firstPaintMs: of("firstPaintMs"),
  usableMs: of("usableMs"),
  emptyPageMs: round(median(blanks)),
  yardsticks,
}
giveVerdict(
  result,
  [
    ["first paint without a network, ms", result.firstPaintMs, limit(1_000)],
    ["usable without a network, ms", result.usableMs, limit(2_000)],
  ],
  new URL("offline.baseline.json", import.meta.url),
)
