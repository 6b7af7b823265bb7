import type { FieldServer } from "@govah/field/server"
import { afterAll, beforeAll, expect, test } from "vitest"
import { buildFieldSite } from "./leak/field-site.ts"
import { killedPhone, type Phase, seeded } from "./leak/kill-rounds.ts"
import { EXECUTABLE } from "./page-browser.ts"

const KILLS = Number(process.env["GOVAH_KILL_ROUNDS"] ?? 200)
const SEED = Number(process.env["GOVAH_SEED"] ?? Date.now() % 1_000_000)
const PHASES: readonly Phase[] = ["capture", "seal", "send"]

let site: FieldServer
beforeAll(async () => {
  site = await buildFieldSite("kill-long")
})
afterAll(() => site?.close())

test(`killed at ${KILLS} instants (seed ${SEED}), what the page said was kept arrives once, bit for bit`, async () => {
  console.log(`seed ${SEED}: GOVAH_SEED=${SEED} chooses the same instants`)
  const phone = await killedPhone(site.url, 400_000, EXECUTABLE)
  const next = seeded(SEED)
  const before: Record<Phase, number> = { capture: 0, seal: 0, send: 0 }
  for (let kill = 0; kill < KILLS; kill++) {
    const phase = PHASES[kill % PHASES.length] as Phase
    if (!(await phone.killedAt(phase, next() * 600))) before[phase]++
    // Between kills there is no time to send much: what waits would grow without end.
    if (kill % 20 === 19) await phone.sendAll()
  }
  const { said, arrived } = await phone.outcome()
  console.log(
    `killed before it said kept: ${JSON.stringify(before)}; said: ${said.size}; arrived: ${arrived.length}`,
  )
  const words = arrived.map((one) => one.words)
  expect(new Set(words).size, "a report arrived twice").toBe(words.length)
  expect([...said].filter((one) => !words.includes(one))).toEqual([])
  expect(arrived.filter((one) => !one.isWhole)).toEqual([])
  // In the middle of sealing, too, some were killed.
  expect(before.seal).toBeGreaterThan(0)
})
