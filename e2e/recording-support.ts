import { spawn } from "node:child_process"
import { once } from "node:events"
import { readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import type { Desk } from "@govah/desk"
import { createCheapDesk } from "@govah/desk/testing"
import { createFieldHome, enrol, writeBundle } from "@govah/field/node"
import { nodePrimitives as primitives } from "@govah/node"
import { expect, onTestFinished } from "vitest"
import { freshFolder } from "./field-support.ts"
import { MARKER, recordedSlice } from "./recorded-slice.ts"
import { copied } from "./copied.ts"

/** A desk in a folder of its own, and a field folder that is enrolled with it. */
export async function deskAndUnit(): Promise<{ desk: Desk; folder: string; unit: string }> {
  const folder = await freshFolder()
  const deps = { now: () => new Date(), primitives }
  const desk = await createCheapDesk(
    join(folder, "desk"),
    { name: "Desk", passphrase: "five plain words for tests" },
    deps,
  )
  onTestFinished(() => desk.close())
  const unit = join(folder, "unit")
  await enrol(await createFieldHome(unit), (await desk.invite("unit")).text)
  return { desk, folder, unit }
}

/** Whether the marker stands anywhere in a folder's files. */
export async function isReadable(folder: string): Promise<boolean> {
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name))
    if (bytes.includes(MARKER)) return true
  }
  return false
}

/** What processes said of one recording before they were killed. */
interface Said {
  slices: number
  end: "finished" | "abandoned" | null
}

/** How often each outcome was met. */
export interface KillOutcomes {
  readonly finals: number
  readonly cut: number
  /** Recordings of which a process was killed before a slice was said durable. */
  readonly gone: number
  readonly abandoned: number
  /** Slices that arrived, though their process was killed before it said so. */
  readonly extraSlices: number
}

/** Kills a recording process at many instants, then carries everything to a desk and compares it with what was said. */
export async function killRecordings(kills: number, seed: number): Promise<KillOutcomes> {
  const { desk, folder, unit } = await deskAndUnit()
  let state = seed
  const chance = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const said = new Map<string, Said>()
  for (let kill = 0; kill < kills; kill++) {
    await runAndKill(unit, kill, chance, said)
    expect(await isReadable(unit)).toBe(false)
  }
  // Control: the same search finds the marker where it is readable.
  await writeFile(join(folder, "control"), recordedSlice("control", 0))
  expect(await readFile(join(folder, "control"))).toSatisfy((bytes: Buffer) => bytes.includes(MARKER))

  const home = await createFieldHome(unit)
  expect(await home.outbox.recordings()).toEqual([])
  await writeBundle(home, null, join(folder, "stick"))
  await desk.take(join(folder, "stick"))
  expect(await isReadable(unit)).toBe(false)
  return await compare(desk, said)
}

async function runAndKill(
  unit: string,
  kill: number,
  chance: () => number,
  said: Map<string, Said>,
): Promise<void> {
  const script = fileURLToPath(new URL("recording-process.ts", import.meta.url))
  const child = spawn(process.execPath, [script, unit, String(kill)], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  const ended = once(child, "exit")
  // A third each is killed while it starts and closes what the one before left, while it records, and about its end.
  const word = (["ready", "slice", "finished"] as const)[kill % 3]
  let armed = false
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, name = ""] = line.split(" ")
    const one = said.get(name) ?? { slices: 0, end: null }
    if (name !== "") said.set(name, one)
    if (what === "slice") one.slices++
    if (what === "finished" || what === "abandoned") one.end = what
    if (what === word && !armed) {
      armed = true
      setTimeout(() => child.kill("SIGKILL"), chance() * 60)
    }
  }
  await ended
  expect(child.signalCode).toBe("SIGKILL")
}

async function compare(desk: Desk, said: ReadonlyMap<string, Said>): Promise<KillOutcomes> {
  const outcomes = { finals: 0, cut: 0, gone: 0, abandoned: 0, extraSlices: 0 }
  const arrived = new Map<string, string>()
  for (const row of await desk.list()) {
    expect(row).toMatchObject({ open: "whole", contested: false, signature: "good", unitStanding: "known" })
    const [kind, name = ""] = (row.said?.words ?? "").split(" ")
    expect(arrived.has(name), name).toBe(false)
    arrived.set(name, kind ?? "")
    const one = said.get(name) ?? { slices: 0, end: null }
    expect(one.end, name).not.toBe("abandoned")
    const recorded = Buffer.concat(await Array.fromAsync(desk.attachment(row.root, 0), copied))
    const slices = recorded.length / 6_000
    const fed = Array.from({ length: slices }, (_, index) => recordedSlice(name, index))
    expect(recorded.equals(Buffer.concat(fed)), name).toBe(true)
    expect(row.recording).toBe(kind === "final" ? null : "cut")
    if (kind === "final") outcomes.finals++
    else outcomes.cut++
    expect(slices).toBeGreaterThanOrEqual(one.slices)
    // A slice may be durable before anyone can say so. No more than one: the next waits for it.
    expect(slices - one.slices, name).toBeLessThanOrEqual(1)
    if (one.end === "finished") expect(kind).toBe("final")
    outcomes.extraSlices += slices - one.slices
  }
  for (const [name, { slices, end }] of said) {
    if (arrived.has(name)) continue
    // What was said durable arrives, unless it was being abandoned when the process was killed.
    const abandoning = Number(name.split("-")[1]) % 4 === 3
    expect(slices === 0 || end === "abandoned" || abandoning, name).toBe(true)
    if (end === "abandoned") outcomes.abandoned++
    else outcomes.gone++
  }
  return outcomes
}
