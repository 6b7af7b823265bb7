import { readFileSync, writeFileSync } from "node:fs"
import { makePack, openPackHead, rebuildPack, signPackHead } from "@govah/core/pack"
import { toBase64Url } from "@govah/core/bytes"
import { nodePrimitives as p } from "@govah/node"
import { measureYardstick } from "../yardstick.ts"

// How fast a pack is made (repair and hashes of full groups) and rebuilt (all repair cells needed): see README.md.
const CELLS = 980
const ROUNDS = 5
const BASELINE = new URL("baseline.json", import.meta.url)

const cells = new Map<number, Uint8Array>(Array.from({ length: CELLS }, (_, n) => [n, p.random(16_384)]))
const seed = p.random(32)
const [made, rebuilt]: [number[], number[]] = [[], []]
for (let round = 0; round < ROUNDS; round++) {
  const source = {
    files: [{ name: "data", bytes: CELLS * 16_384, sha256: "0".repeat(64) }],
    readCell: async (n: number) => cells.get(n) as Uint8Array,
    keepRepair: async (n: number, cell: Uint8Array) => void cells.set(n, cell),
  }
  let begun = performance.now()
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
  begun = performance.now()
  const missing = await rebuildPack({ head, table: { files: source.files, hashes } }, store, p)
  rebuilt.push(megabytesASecond(begun))
  // Rebuilt cells were checked by hash inside; all must be there.
  if (missing > 0 || here.size !== cells.size) throw new Error("the pack was not rebuilt")
}
const figures = {
  ...measureYardstick(),
  rounds: ROUNDS,
  makeMBps: median(made),
  rebuildMBps: median(rebuilt),
}
console.log("baseline", readBaseline())
console.log("now     ", JSON.stringify(figures))
if (process.argv.includes("--write")) writeFileSync(BASELINE, `${JSON.stringify(figures, null, 2)}\n`)

function megabytesASecond(begun: number): number {
  return (CELLS * 16_384) / 1_000 / (performance.now() - begun)
}
function median(figures: readonly number[]): number {
  return Math.round(([...figures].sort((a, b) => a - b)[figures.length >> 1] as number) * 10) / 10
}
function readBaseline(): string {
  try {
    return JSON.stringify(JSON.parse(readFileSync(BASELINE, "utf8")))
  } catch {
    return "none yet"
  }
}
