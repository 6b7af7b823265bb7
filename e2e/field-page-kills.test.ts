import type { FieldServer } from "@govah/field/server"
import { afterAll, beforeAll, expect, test } from "vitest"
import { serveFieldPage } from "./built-page.ts"
import { buildFieldSite } from "./leak/field-site.ts"
import { killedPhone, type Phase, seeded } from "./leak/kill-rounds.ts"
import { EXECUTABLE } from "./page-browser.ts"

const ROUNDS: readonly Phase[] = ["capture", "seal", "seal", "send", "send"]
const SEED = 7_139

let site: FieldServer
beforeAll(async () => {
  site = await serveFieldPage()
})
afterAll(() => site?.close())

test("killed at twenty instants of capture, seal and send, what the page said was kept arrives once, bit for bit", async () => {
  const phone = await killedPhone(site.url, 120_000, EXECUTABLE)
  const next = seeded(SEED)
  for (let kill = 0; kill < 20; kill++)
    await phone.killedAt(ROUNDS[kill % ROUNDS.length] as Phase, next() * 250)
  const { said, arrived } = await phone.outcome()
  const words = arrived.map((one) => one.words)
  expect(new Set(words).size, "a report arrived twice").toBe(words.length)
  expect([...said].filter((one) => !words.includes(one))).toEqual([])
  expect(arrived.filter((one) => !one.isWhole)).toEqual([])
  // Both happened: some were killed before it was said, and some after.
  expect(said.size).toBeGreaterThanOrEqual(8)
  expect(said.size).toBeLessThan(20)
})

test("a page that says kept a moment before it is loses what it said", async () => {
  const early = await buildFieldSite("kill-early", {
    file: "field/src/home/home.ts",
    line: "return await outbox.keep(",
    weak: "return void (async (...given) => { await new Promise((later) => setTimeout(later, 3_000)); await outbox.keep(...given) })(",
  })
  try {
    const phone = await killedPhone(early.url, 10_000, EXECUTABLE)
    expect(await phone.killedAt("send", 0)).toBe(true)
    expect(await phone.kept()).toBe(0)
  } finally {
    await early.close()
  }
})
