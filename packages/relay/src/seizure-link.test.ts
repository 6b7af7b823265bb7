import { cpSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { type LeakyLayout, startLeakyStore } from "./testing/seizure/leaky-layouts.ts"
import { seededRandom } from "./testing/seizure/random.ts"
import { type Examined, examine, readAdmitted } from "./testing/seizure/examine.ts"
import { seizeRelay } from "./testing/seizure/seize-relay.ts"
import { type SentCell, sendTraffic } from "./testing/seizure/traffic.ts"
import { freshFolder } from "./testing/test-relay.ts"

const PLAN = { seed: "link", parcels: 300, senders: 60, desks: 5, hours: 20, rush: 0 }

/** Cells that look as sealed ones do: where they lie is all that is examined here. */
function cellsOf(seed: string): () => Promise<readonly Uint8Array[]> {
  const random = seededRandom(`cells of ${seed}`)
  return async () => Array.from({ length: 1 + random.below(4) }, () => random.bytes(16_384))
}

async function post(url: string, bundle: Uint8Array): Promise<void> {
  const headers = { "Content-Type": "application/octet-stream" }
  const answer = await fetch(`${url}/cells`, { method: "POST", headers, body: Buffer.from(bundle) })
  await answer.arrayBuffer()
  if (answer.status !== 200) throw new Error(`the store answered ${answer.status}`)
}

/** Windows of 256 in the order of arrival, as the specification has it. */
function windowsOf(sent: readonly SentCell[]): ReadonlyMap<string, string> {
  return new Map(sent.map((cell, i) => [cell.id, `${Math.floor(i / 256)}`]))
}

async function examineLeaky(layout: LeakyLayout): Promise<Examined> {
  const folder = freshFolder()
  const store = await startLeakyStore(join(folder, "relay.db"), layout)
  const sent = await sendTraffic(PLAN, {
    seal: cellsOf(PLAN.seed),
    post: (bundle) => post(store.url, bundle),
    pass: () => undefined,
  })
  const seized = join(freshFolder(), "seized")
  cpSync(folder, seized, { recursive: true })
  await store.close()
  return examine(seized, "relay.db", sent, windowsOf(sent), PLAN.seed)
}

test.each<LeakyLayout>(["commit order", "arrival numbers"])(
  "The examiner links parcels and senders in a store that has them in %s",
  async (layout) => {
    const { parcels, senders, desks } = await examineLeaky(layout)
    console.log(layout, parcels, senders, desks)
    expect(parcels.accuracy).toBeGreaterThan(0.9)
    expect(senders.accuracy).toBeGreaterThan(0.65)
  },
)

test("The same examiner links nothing in a relay's store, by more than chance gives so few cells", async () => {
  const { sent, quiet } = await seizeRelay(PLAN, cellsOf(PLAN.seed))
  const admitted = readAdmitted(quiet, "relay.db")
  // Windows have closed, and one is open.
  expect(new Set(admitted.values()).size).toBeGreaterThan(1)
  expect(admitted.size).toBeLessThan(sent.length)
  const { parcels, senders, desks, onFreePages, elsewhere } = examine(
    quiet,
    "relay.db",
    sent,
    admitted,
    PLAN.seed,
  )
  expect(parcels.accuracy).toBeLessThan(0.53 + parcels.noise)
  expect(senders.accuracy).toBeLessThan(0.53 + senders.noise)
  expect(desks.accuracy).toBeLessThan(0.53 + desks.noise)
  expect({ onFreePages, elsewhere }).toEqual({ onFreePages: 0, elsewhere: 0 })
})
