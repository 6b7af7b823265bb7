import { createHash, randomBytes } from "node:crypto"
import { once } from "node:events"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import { type Desk, openDesk } from "@govah/desk"
import { nodePrimitives } from "@govah/node"
import { afterEach, beforeEach, expect, test } from "vitest"
import { deskHere, govahHere as govah, mustHere as must } from "./govah-here.ts"
import { type Finished, type GovahProcess, PASSPHRASE, startGovah } from "./govah-process.ts"

let folder: string
let relay: GovahProcess | null

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "govah-road-"))
  relay = null
})
afterEach(async () => {
  await killRelay()
  await rm(folder, { recursive: true, force: true })
})

async function startRelay(port: number): Promise<number> {
  relay = startGovah(["relay", "--port", String(port)], folder)
  const said = await relay.says(/http:\/\/127\.0\.0\.1:(\d+)/)
  return Number(said[1])
}

async function killRelay(): Promise<void> {
  if (relay === null) return
  relay.child.kill("SIGKILL")
  await relay.finished
  relay = null
}

/** A desk with a relay, and a unit of it. @returns the relay's port. */
async function network(): Promise<number> {
  const key = await deskHere(folder)
  const port = await startRelay(0)
  const capability = (await must(["relay", "admit", key], folder)).trim()
  await must(
    ["desk", "relay", `http://127.0.0.1:${port}`, "--road", "lan", "--capability", capability],
    folder,
  )
  const invitation = (await must(["desk", "invite"], folder)).split("\n")[0] as string
  await must(["field", "enrol", invitation], folder)
  return port
}

async function withDesk<T>(work: (desk: Desk) => Promise<T>): Promise<T> {
  const desk = await openDesk(join(folder, "govah-desk"), PASSPHRASE, {
    now: () => new Date(),
    primitives: nodePrimitives,
  })
  try {
    return await work(desk)
  } finally {
    desk.close()
  }
}

/** What the desk holds: for each report its words and the SHA-256 of its first attachment, opened. */
async function held(): Promise<readonly { readonly words: string; readonly sha256: string }[]> {
  return await withDesk(async (desk) => {
    const reports = []
    for (const row of await desk.list()) {
      const { report } = await desk.show(row.root)
      const hash = createHash("sha256")
      for await (const piece of desk.attachment(row.root, 0)) hash.update(piece)
      reports.push({ words: report?.text ?? "", sha256: hash.digest("hex") })
    }
    return reports
  })
}

// The delays are drawn from a fixed seed; which instruction they hit differs from run to run, and must not matter.
function* instants(seed: number): Generator<number, never, void> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    yield (state >>> 8) % 900
  }
}

/** Runs a command and kills it: when it has said `word`, or after some milliseconds. */
async function killedAt(args: readonly string[], when: RegExp | number): Promise<Finished> {
  const running = startGovah(args, folder)
  const kill = (): void => void running.child.kill("SIGKILL")
  const timer = typeof when === "number" ? setTimeout(kill, when) : null
  if (typeof when !== "number") running.says(when).then(kill, () => undefined)
  const finished = await running.finished
  if (timer !== null) clearTimeout(timer)
  return finished
}

test("field, relay and desk are killed and restarted, and every kept report arrives once, bit for bit", async () => {
  const port = await network()
  const when = instants(20210302)
  const kept = new Map<string, string>()
  const told = new Map<string, string>()
  let killed = 0
  for (let round = 0; round < 8; round++) {
    const bytes = Buffer.concat([
      Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
      randomBytes(300_000 + round * 40_000),
    ])
    const file = join(folder, `photo-${round}.jpg`)
    await writeFile(file, bytes)
    const words = `report ${round}`
    told.set(words, createHash("sha256").update(bytes).digest("hex"))
    // Every second one is killed just after it was kept and before it can all be sent.
    const instant = round % 2 === 0 ? /Kept and sealed/ : when.next().value + 250
    const sent = killedAt(["field", "send", "--text", words, "--photo", file], instant)
    const pulled = killedAt(["desk", "pull"], when.next().value + 150)
    const relayKill = setTimeout(() => relay?.child.kill("SIGKILL"), when.next().value)
    const { out, code } = await sent
    if (code === null) killed++
    await pulled
    clearTimeout(relayKill)
    if (out.includes("Kept and sealed")) kept.set(words, told.get(words) as string)
    await killRelay()
    await startRelay(port)
  }
  expect(killed).toBeGreaterThan(0)
  expect(kept.size).toBeGreaterThan(0)
  // Nobody is killed any more: what was kept goes out, and what was acknowledged comes in.
  await must(["field", "send"], folder)
  await must(["desk", "pull"], folder)

  const reports = await held()
  expect(new Set(reports.map((report) => report.words)).size).toBe(reports.length)
  for (const { words, sha256 } of reports) expect(told.get(words), words).toBe(sha256)
  for (const words of kept.keys()) expect(reports.map((report) => report.words)).toContain(words)
  expect(await must(["desk", "verify"], folder)).toContain("as it was written")
  expect(await must(["relay", "fsck"], folder)).toContain("as they were named")

  // The receipts come back, and then nothing waits.
  await must(["desk", "receipts"], folder)
  const checked = await must(["field", "check"], folder)
  expect(checked).not.toContain("waiting")
  expect(checked.split("arrived").length - 1).toBe(reports.length)
})

test("a flipped bit costs its cell alone, and a resend heals it", async () => {
  await network()
  const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(200_000)])
  await writeFile(join(folder, "photo.jpg"), bytes)
  await must(["field", "send", "--text", "by stick", "--photo", "photo.jpg", "--to", "stick.govah"], folder)
  const bundle = await readFile(join(folder, "stick.govah"))
  const cells = bundle.length / CELL_BYTES
  // A body cell, so that the root still opens: those do not begin as an age file.
  const start = Array.from({ length: cells }, (_, i) => i * CELL_BYTES).find(
    (at) => bundle[at] !== 0x61,
  ) as number
  bundle[start + 5_000] = (bundle[start + 5_000] as number) ^ 1
  await writeFile(join(folder, "flipped.govah"), bundle)

  expect(await must(["relay", "take", "flipped.govah"], folder)).toContain(`${cells} new pieces`)
  expect(await must(["desk", "pull"], folder)).toContain("1 waiting for pieces")
  expect(await must(["desk", "list"], folder)).toContain("waiting for 1 pieces")
  await must(["field", "send"], folder)
  expect(await must(["desk", "pull"], folder)).toContain("1 now whole")
  const [report] = await held()
  expect(report?.sha256).toBe(createHash("sha256").update(bytes).digest("hex"))
})

test("what is killed in the middle of stopping has lost nothing that it acknowledged", async () => {
  const port = await network()
  await must(["field", "send", "--text", "before the end"], folder)
  relay?.child.kill("SIGTERM")
  relay?.child.kill("SIGKILL")
  if (relay) await once(relay.child, "exit").catch(() => undefined)
  await killRelay()
  await startRelay(port)
  expect(await must(["desk", "pull"], folder)).toContain("1 new reports")
  expect((await govah(["field", "check"], folder)).out).toContain("waiting")
})
