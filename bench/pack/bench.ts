import { readFileSync, writeFileSync } from "node:fs"
import { makePack, openPackHead, rebuildPack, signPackHead } from "@govah/core/pack"
import { toBase64Url } from "@govah/core/bytes"
import { nodePrimitives as p } from "@govah/node"
import { median, round } from "../figures.ts"
import { measureYardstick } from "../yardstick.ts"

// How fast a pack is made (repair and hashes of full groups) and rebuilt (all repair cells needed): see README.md.
const CELLS = 980
const ROUNDS = 5
const LIMIT_MBPS = 5

const cells = new Map<number, Uint8Array>(Array.from({ length: CELLS }, (_, n) => [n, p.random(16_384)]))
const seed = p.random(32)
const [made, rebuilt]: [number[], number[]] = [[], []]
const before = measureYardstick()
for (let turn = 0; turn < ROUNDS; turn++) {
  const source = {
    files: [{ name: "data", bytes: CELLS * 16_384, sha256: "0".repeat(64) }],
    readCell: async (n: number) => cells.get(n) as Uint8Array,
    keepRepair: async (n: number, cell: Uint8Array) => void cells.set(n, cell),
  }
  let begun = process.threadCpuUsage()
  const pack = await makePack(source, p)
  made.push(megabytesASecond(begun))
  const desk = toBase64Url(await p.publicKey(seed))
  const head = await openPackHead(
    await signPackHead({ ...pack.contents, desk, day: "2026-01-01" }, seed, p),
    desk,
    p,
  )
  const here = new Map([...cells].filter(([n]) => n >= head.plan.groups * head.plan.repair))
  const hashes = new Uint8Array(head.plan.cells * 32)
  for (const [n, cell] of cells) hashes.set(await p.sha256(cell), n * 32)
  const store = {
    has: (n: number) => here.has(n),
    read: async (n: number) => here.get(n) as Uint8Array,
    write: async (n: number, cell: Uint8Array) => void here.set(n, cell),
  }
  begun = process.threadCpuUsage()
  const missing = await rebuildPack({ head, table: { files: source.files, hashes } }, store, p)
  rebuilt.push(megabytesASecond(begun))
  // Rebuilt cells were checked by hash inside; all must be there.
  if (missing > 0 || here.size !== cells.size) throw new Error("the pack was not rebuilt")
}
const result = {
  rounds: ROUNDS,
  makeMBps: round(median(made)),
  rebuildMBps: round(median(rebuilt)),
  yardsticks: { before, after: measureYardstick() },
}
for (const [name, value] of [
  ["making", result.makeMBps],
  ["rebuilding", result.rebuildMBps],
] as const) {
  const met = value >= LIMIT_MBPS
  console.log(met ? "met   " : "MISSED", name, value, `>= ${LIMIT_MBPS} MB/s of processor time`)
  if (!met) process.exitCode = 1
}
const baseline = new URL("baseline.json", import.meta.url)
if (process.argv.includes("--write")) writeFileSync(baseline, `${JSON.stringify(result, null, 2)}\n`)
console.log("now     ", JSON.stringify(result))
console.log("baseline", JSON.stringify(JSON.parse(readFileSync(baseline, "utf8"))))

/** @param used - processor time of this thread so far. */
function megabytesASecond(used: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(used)
  return (CELLS * 16_384) / (user + system)
}
