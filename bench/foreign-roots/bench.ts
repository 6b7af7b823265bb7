import { randomFillSync } from "node:crypto"
import { createWriteStream, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs"
import { once } from "node:events"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openInvitation, recipientOn } from "@govah/core/card"
import { CELL_BYTES, looksLikeRoot } from "@govah/core/cell"
import { sealParcel } from "@govah/core/seal"
import { createDesk } from "@govah/desk"
import { nodePrimitives } from "@govah/node"
import { round } from "../figures.ts"
import { giveVerdict } from "../verdict.ts"
import { measureYardstick } from "../yardstick.ts"

// What a flood of roots for others costs a desk: time, disk and memory, from a file of them. See README.md.
const ROOTS = Number(process.env["GOVAH_BENCH_ROOTS"] ?? 5_000)
const FLOOD = 100_000
const deps = { now: () => new Date(), primitives: nodePrimitives }
const folder = mkdtempSync(join(tmpdir(), "govah-bench-"))
const before = measureYardstick()

async function makeDesk(name: string): Promise<Awaited<ReturnType<typeof createDesk>>> {
  return await createDesk(join(folder, name), { name, passphrase: "five plain words for benches" }, deps)
}

/** One real root for another desk; its payload is changed to make many of it. */
async function foreignRoot(): Promise<Uint8Array> {
  const other = await makeDesk("other")
  const today = deps.now().toISOString().slice(0, 10)
  const { card, secret } = await openInvitation((await other.invite("bench")).text, today, nodePrimitives)
  const sealing = sealParcel(
    {
      report: {
        type: "observation",
        language: "en",
        text: "nothing",
        place: null,
        period: null,
        basis: "saw",
        claims: [],
        action: null,
        consent: { publish: "nothing", notBefore: null },
      },
      attachments: [],
      recipients: [recipientOn(card, today)],
      rules: { interopX25519: false },
      desk: other.key,
      sender: { seed: nodePrimitives.random(32), invitation: secret },
    },
    nodePrimitives,
  )
  try {
    for (;;) {
      const next = await sealing.next()
      if (next.done === true) throw new Error("no root was sealed")
      if (looksLikeRoot(next.value.bytes)) return next.value.bytes.slice()
    }
  } finally {
    other.close()
  }
}

function bytesOf(path: string): number {
  return readdirSync(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0)
}

try {
  const root = await foreignRoot()
  const file = join(folder, "flood")
  const out = createWriteStream(file)
  for (let i = 0; i < ROOTS; i++) {
    const cell = root.slice()
    randomFillSync(cell, CELL_BYTES - 4096)
    if (!out.write(cell)) await once(out, "drain")
  }
  out.end()
  await once(out, "finish")
  const desk = await makeDesk("desk")
  await desk.card()
  const diskBefore = bytesOf(join(folder, "desk"))
  const start = performance.now()
  const summary = await desk.take(file)
  const seconds = (performance.now() - start) / 1000
  const memory = process.resourceUsage().maxRSS * 1024
  desk.close()
  // Outside the timed part: all were looked at, and none was taken for ours.
  if (summary.sources[0]?.newCells !== ROOTS || summary.received.length > 0)
    throw new Error("roots were lost")
  const disk = bytesOf(join(folder, "desk")) - diskBefore
  const result = {
    roots: ROOTS,
    terms: 4,
    rootsPerSecond: round(ROOTS / seconds),
    minutesFor100000: round((FLOOD / ROOTS) * (seconds / 60)),
    diskMegabytesFor100000: round(((FLOOD / ROOTS) * disk) / 1e6),
    peakMegabytes: round(memory / 1e6),
    yardsticks: { before, after: measureYardstick() },
  }
  giveVerdict(
    result,
    [
      ["minutes for 100,000", result.minutesFor100000, 10],
      ["megabytes of disk for 100,000", result.diskMegabytesFor100000, 250],
      ["megabytes of memory at most", result.peakMegabytes, 250],
    ],
    new URL("baseline.json", import.meta.url),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
