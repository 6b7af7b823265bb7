import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { once } from "node:events"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { createFieldHome, enrol, sendAll } from "@govah/field/node"
import { nodePrimitives as p } from "@govah/node"
import type { Relay } from "@govah/relay"
import { expect, test } from "vitest"
import { admittedRelay, freshDesk, freshHome } from "./desk-support.ts"

const ROUNDS = Number(process.env["GOVAH_KILL_ROUNDS"] ?? 100)
const seed = Number(process.env["GOVAH_SEED"] ?? Date.now() % 1_000_000)

/** Numbers from 0 to 1. Source: Numerical Recipes, an LCG for 32-bit words. */
function seeded(start: number): () => number {
  let state = start
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Runs a script and kills it so long after its first word. @returns what it said, and whether it was still at work. */
async function killed(
  script: string,
  args: readonly string[],
  afterMs: number,
): Promise<{ readonly lines: readonly string[]; readonly cut: boolean }> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(process.execPath, [path, ...args], { stdio: ["ignore", "pipe", "inherit"] })
  const ended = once(child, "exit")
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    if (lines.push(line) === 1) setTimeout(() => child.kill("SIGKILL"), afterMs)
  }
  await ended
  return { lines, cut: child.signalCode === "SIGKILL" }
}

/** Cells that the field holds for acknowledged and the relay does not have. */
async function falselyAcknowledged(folder: string, relay: Relay): Promise<number> {
  const home = await createFieldHome(folder)
  let wrong = 0
  for (const parcel of await home.outbox.list()) {
    if (parcel.state !== "kept") continue
    const waiting = new Set((await home.outbox.unacknowledged(parcel.id, relay.url)).map(({ id }) => id))
    const told = (await home.outbox.cells(parcel.id)).filter(({ id }) => !waiting.has(id))
    const kept = await relay.store.read(told.map(({ id }) => Buffer.from(id, "hex")))
    wrong += kept.filter((cell) => cell === null).length
  }
  return wrong
}

test(`killed at ${3 * ROUNDS} instants of sealing, sending and receiving (seed ${seed}), what was acknowledged arrives once, bit for bit, and the rest blocks nothing`, async () => {
  console.log(`seed ${seed}: GOVAH_SEED=${seed} chooses the same instants`)
  const next = seeded(seed)
  const folder = await freshHome()
  const unit = join(folder, "unit")
  const photo = join(folder, "photo.jpg")
  const bytes = Buffer.concat([Buffer.from("ffd8ffe1", "hex"), p.random(65_536), p.random(60_000)])
  await writeFile(photo, bytes)
  const sha256 = createHash("sha256").update(bytes).digest("hex")
  const desk = await freshDesk(folder)
  const relay = await admittedRelay(folder, "relay", desk)
  await enrol(await createFieldHome(unit), (await desk.invite("test")).text)

  const said = new Set<string>()
  const cut = { seal: 0, send: 0, receive: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    const sealing = await killed("field-keeping-process.ts", [unit, photo], next() * 1_500)
    if (sealing.cut) cut.seal++
    for (const line of sealing.lines)
      if (line.startsWith("kept ")) said.add(line.split(" ").slice(2).join(" "))
    const sending = await killed("field-sending-process.ts", [unit], next() * 400)
    if (sending.cut && !sending.lines.includes("done")) cut.send++
    expect(await falselyAcknowledged(unit, relay)).toBe(0)
    const pulling = await killed("desk-pull-process.ts", [join(folder, "desk")], next() * 250)
    if (pulling.cut && !pulling.lines.includes("done")) cut.receive++
  }
  console.log(`killed at work: ${JSON.stringify(cut)}; said to be kept: ${said.size}`)
  for (const count of Object.values(cut)) expect(count).toBeGreaterThan(ROUNDS / 10)

  // Nobody is killed any more: everything goes out and comes in, and nothing half holds it back.
  const [sent] = await sendAll(await createFieldHome(unit))
  expect(sent).toMatchObject({ error: null, left: 0 })
  expect(await desk.pull()).toMatchObject({ waiting: 0, unreadable: [] })
  const rows = await desk.list()
  const words: string[] = []
  for (const { root } of rows) {
    const view = await desk.show(root)
    expect(view.open).toBe("whole")
    expect(view.custody.filter(({ what }) => what === "received").length).toBe(1)
    words.push(view.report?.text ?? "")
    const hash = createHash("sha256")
    for await (const piece of desk.attachment(root, 0)) hash.update(piece)
    expect(hash.digest("hex")).toBe(sha256)
  }
  expect(new Set(words).size).toBe(words.length)
  for (const text of said) expect(words).toContain(text)
  expect(await desk.verify()).toEqual([])
})
