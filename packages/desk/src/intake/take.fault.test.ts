import { cp, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { nodePrimitives } from "@govah/node"
import { beforeAll, expect, test } from "vitest"
import type { DeskDeps } from "../desk.ts"
import { readLock, storePath } from "../folder/folder.ts"
import { unlockKey } from "../folder/lock.ts"
import { openStore, type Store } from "../store/store.ts"
import { makeTestDesk, PASSPHRASE } from "../testing/folder.ts"
import { inviteUnit, type TestParcel } from "../testing/unit.ts"
import { unlockDesk } from "../unlocked-desk.ts"

let home: string
let template: string
let bundle: string
let key: Uint8Array
let deps: DeskDeps
let parcels: readonly TestParcel[]

beforeAll(async () => {
  const made = await makeTestDesk()
  deps = made.deps
  home = await mkdtemp(join(tmpdir(), "govah-fault-"))
  const unit = await inviteUnit(made.desk, made.today())
  parcels = [await unit.seal({ text: "one" }), await unit.seal({ text: "two" })]
  bundle = join(home, "bundle")
  await writeFile(bundle, Buffer.concat(parcels.flatMap(({ cells }) => cells)))
  made.desk.close()
  template = join(home, "template")
  await cp(made.folder, template, { recursive: true })
  key = await unlockKey(await readLock(template), PASSPHRASE, nodePrimitives)
  await made.dispose()
  return () => rm(home, { recursive: true, force: true })
})

class Killed extends Error {}

/** A store that dies: its n-th step throws, and so does every one after it, as for a process that is gone. */
function dyingAt(store: Store, n: number): Store & { readonly died: () => boolean } {
  let step = 0
  let isDead = false
  function count(): void {
    if (isDead || ++step === n) {
      isDead = true
      throw new Killed()
    }
  }
  return {
    ...store,
    run: (sql, ...values) => {
      count()
      return store.run(sql, ...values)
    },
    transact: (work) => {
      const result = store.transact(work)
      // Committed, and then killed before anyone heard of it.
      count()
      return result
    },
    died: () => isDead,
  }
}

/** The same store with its transactions taken out: every write is durable by itself. */
function withoutTransactions(store: Store): Store {
  return { ...store, transact: (work) => work() }
}

/**
 * Takes the bundle and dies at the n-th step; then takes it again in peace.
 *
 * @returns what is wrong afterwards, and whether there was an n-th step.
 */
async function takeDyingAt(
  n: number,
  weaken: (store: Store) => Store,
): Promise<{ wrong: string[]; died: boolean }> {
  const folder = join(home, `at-${n}`)
  await cp(template, folder, { recursive: true })
  const first = openStore(storePath(folder), key.slice())
  const dying = dyingAt(weaken(first), n)
  const doomed = await unlockDesk(dying, deps)
  await doomed.take(bundle).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error
  })
  first.close()

  const desk = await unlockDesk(openStore(storePath(folder), key.slice()), deps)
  await desk.take(bundle)
  const wrong = [...(await desk.verify())]
  const rows = await desk.list()
  if (rows.length !== parcels.length) wrong.push(`${rows.length} reports`)
  for (const { custody, open } of rows) {
    if (custody.map(({ what }) => what).join(" ") !== "received completed") {
      wrong.push(custody.map(({ what }) => what).join(" "))
    }
    if (open !== "whole") wrong.push(open)
  }
  desk.close()
  await rm(folder, { recursive: true })
  return { wrong, died: dying.died() }
}

test("killed at each single step of taking a bundle, a desk has every report once", async () => {
  let steps = 0
  for (let died = true; died; steps++) {
    const result = await takeDyingAt(steps + 1, (store) => store)
    expect(result.wrong, `step ${steps + 1}`).toEqual([])
    died = result.died
  }
  // A fault that never came would prove nothing.
  expect(steps).toBeGreaterThan(20)
})

test("control: without transactions, the same attack doubles or loses something", async () => {
  const wrong: string[] = []
  for (let n = 1, died = true; died; n++) {
    const result = await takeDyingAt(n, withoutTransactions).catch(() => ({
      wrong: ["cannot go on"],
      died: true,
    }))
    wrong.push(...result.wrong)
    died = result.died
  }
  expect(wrong.length).toBeGreaterThan(0)
})
