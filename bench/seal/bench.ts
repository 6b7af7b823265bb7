import { execFileSync } from "node:child_process"
import { createCipheriv, createHash, randomBytes } from "node:crypto"
import {
  createReadStream,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { median, round } from "../figures.ts"
import { measureYardstick } from "../yardstick.ts"

// Sealing and opening, file to file, by our stream, by the age library's own and by Debian's age: in turn, so that a busy
// machine slows all. Each of our runs is a process of its own, whose peak memory is read. See README.md.
const ROUNDS = Number(process.env["GOVAH_BENCH_ROUNDS"] ?? 5)
const MEBI = 1_048_576
const BYTES = 1024 * MEBI
// The library is steady, and slow: a quarter tells its speed.
const LIBRARY_BYTES = 256 * MEBI
const CHUNK = 65_536
const ZEROS = Buffer.alloc(MEBI)

interface Run {
  readonly seconds: number
  readonly peakMegabytes: number
}

const folder = mkdtempSync(join(tmpdir(), "govah-bench-seal-"))
const at = (name: string): string => join(folder, name)
const identity = await generateX25519Identity()
const recipient = await identityToRecipient(identity)

function run(how: string, from: string, to: string, key: string): Run {
  settle()
  const once = new URL("once.ts", import.meta.url).pathname
  return JSON.parse(execFileSync(process.execPath, [once, how, from, to, key], { encoding: "utf8" })) as Run
}

/**
 * Outside the timed parts: a disk that still writes what came before slows whoever comes next, and so does memory that a
 * virtual machine has given back to its host since. A file of the same size is written, flushed and removed, so that what
 * the page cache needs lies ready for everybody.
 */
function settle(): void {
  const file = openSync(at("room"), "w")
  for (let done = 0; done < BYTES; done += MEBI) writeSync(file, ZEROS)
  closeSync(file)
  execFileSync("sync", ["-f", folder])
  rmSync(at("room"))
}

function seconds(act: () => void): number {
  settle()
  const start = performance.now()
  act()
  return (performance.now() - start) / 1000
}

function writeRandom(path: string, bytes: number): void {
  const file = openSync(path, "wx")
  for (let done = 0; done < bytes; done += MEBI) writeSync(file, randomBytes(MEBI))
  closeSync(file)
}

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256")
  for await (const piece of createReadStream(path, { highWaterMark: MEBI })) hash.update(piece as Buffer)
  return hash.digest("hex")
}

/** The cipher alone: the same chunks, in memory, nothing kept. */
function rawLoop(): number {
  const [key, nonce, chunk] = [randomBytes(32), new Uint8Array(12), randomBytes(CHUNK)]
  return seconds(() => {
    for (let done = 0; done < BYTES; done += CHUNK) {
      const cipher = createCipheriv("chacha20-poly1305", key, nonce, { authTagLength: 16 })
      cipher.update(chunk)
      cipher.final()
      cipher.getAuthTag()
    }
  })
}

async function same(left: string, right: string): Promise<void> {
  if ((await sha256(at(left))) !== (await sha256(at(right)))) throw new Error(`${left} is not ${right}`)
}

function remove(...names: readonly string[]): void {
  for (const name of names) rmSync(at(name))
}

writeFileSync(at("key"), `${identity}\n`)
writeRandom(at("plain"), BYTES)
writeRandom(at("quarter"), LIBRARY_BYTES)
const rates: Record<
  "seal" | "open" | "librarySeal" | "libraryOpen" | "ageSeal" | "ageOpen" | "raw",
  number[]
> = {
  seal: [],
  open: [],
  librarySeal: [],
  libraryOpen: [],
  ageSeal: [],
  ageOpen: [],
  raw: [],
}
const peaks: number[] = []
const note = (what: keyof typeof rates, bytes: number, took: number): void =>
  void rates[what].push(bytes / 1e6 / took)
const sealOurs = (): void => {
  const { seconds, peakMegabytes } = run("seal", at("plain"), at("ours.age"), recipient)
  note("seal", BYTES, seconds)
  peaks.push(peakMegabytes)
}
const sealAge = (): void => {
  const args = ["-r", recipient, "-o", at("theirs.age"), at("plain")]
  note(
    "ageSeal",
    BYTES,
    seconds(() => execFileSync("age", args)),
  )
}
const sealLibrary = (): void => {
  const { seconds } = run("library-seal", at("quarter"), at("library.age"), recipient)
  note("librarySeal", LIBRARY_BYTES, seconds)
}
const openOurs = (): void => {
  const { seconds, peakMegabytes } = run("open", at("theirs.age"), at("ours"), identity)
  note("open", BYTES, seconds)
  peaks.push(peakMegabytes)
}
const openAge = (): void => {
  const args = ["-d", "-i", at("key"), "-o", at("theirs"), at("ours.age")]
  note(
    "ageOpen",
    BYTES,
    seconds(() => execFileSync("age", args)),
  )
}
const openLibrary = (): void => {
  const { seconds } = run("library-open", at("library.age"), at("library"), identity)
  note("libraryOpen", LIBRARY_BYTES, seconds)
}

function rotated<T>(list: readonly T[], by: number): T[] {
  return [...list.slice(by % list.length), ...list.slice(0, by % list.length)]
}

const before = measureYardstick()
try {
  for (let turn = 0; turn < ROUNDS; turn++) {
    note("raw", BYTES, rawLoop())
    // Who comes first in a round pays for what the machine does once: each does in its turn.
    for (const part of rotated([sealOurs, sealAge, sealLibrary], turn)) part()
    for (const part of rotated([openOurs, openAge, openLibrary], turn)) part()
    // Outside the timed parts: age opened ours, and we opened what age had sealed.
    await same("ours", "plain")
    await same("theirs", "plain")
    await same("library", "quarter")
    remove("ours.age", "theirs.age", "library.age", "ours", "theirs", "library")
  }
  // Four times as much must not need more memory. A file with a hole takes no room; what is written does, once.
  writeFileSync(at("large"), "")
  truncateSync(at("large"), 4 * BYTES)
  peaks.push(run("seal", at("large"), at("large.age"), recipient).peakMegabytes)
  peaks.push(run("open", at("large.age"), "/dev/null", identity).peakMegabytes)
} finally {
  rmSync(folder, { recursive: true })
}
const after = measureYardstick()
const of = (what: keyof typeof rates): number => median(rates[what])
const result = {
  rounds: ROUNDS,
  sealMBps: round(of("seal")),
  openMBps: round(of("open")),
  ageSealMBps: round(of("ageSeal")),
  ageOpenMBps: round(of("ageOpen")),
  librarySealMBps: round(of("librarySeal")),
  libraryOpenMBps: round(of("libraryOpen")),
  rawLoopMBps: round(of("raw")),
  peakMegabytes: Math.max(...peaks),
  yardsticks: { before, after },
}
const limits: readonly (readonly [string, number, ">=" | "<=", number])[] = [
  ["sealing: times the library", of("seal") / of("librarySeal"), ">=", 4],
  ["opening: times the library", of("open") / of("libraryOpen"), ">=", 4],
  ["sealing: time over age's", of("ageSeal") / of("seal"), "<=", 1.1],
  ["opening: time over age's", of("ageOpen") / of("open"), "<=", 1.1],
  ["sealing: share of the raw loop", of("seal") / of("raw"), ">=", 0.4],
  ["opening: share of the raw loop", of("open") / of("raw"), ">=", 0.4],
  ["peak memory up to 4 GiB, MB", result.peakMegabytes, "<=", 200],
]
for (const [name, value, order, limit] of limits) {
  const met = order === ">=" ? value >= limit : value <= limit
  // Ratios and memory do not depend on how busy the machine is: the scaled limit is the limit.
  console.log(met ? "met   " : "MISSED", name, value.toFixed(2), order, limit)
  if (!met) process.exitCode = 1
}
const baseline = new URL("baseline.json", import.meta.url)
if (process.argv.includes("--write")) writeFileSync(baseline, `${JSON.stringify(result, null, 2)}\n`)
console.log("now     ", JSON.stringify(result))
console.log("baseline", JSON.stringify(JSON.parse(readFileSync(baseline, "utf8"))))
