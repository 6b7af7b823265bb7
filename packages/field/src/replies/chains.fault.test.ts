import { toHex } from "@govah/core/bytes"
import { startChain } from "@govah/core/reply"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { Crash, type CrashingDrawer, crashingDrawer } from "../testing/crashing-drawer.ts"
import { locked } from "../testing/locked.ts"
import { addChain, changeChains, KEPT_CHAINS, readChains } from "./index.ts"

const secrets = [1, 2, 3].map((one) => new Uint8Array(32).fill(one))
const chains = secrets.map((secret) => toHex(startChain(secret)))
const has = async (drawer: CrashingDrawer, chain: string): Promise<boolean> => {
  const kept = await readChains(locked(drawer, p), p)
  expect(kept).toHaveLength(KEPT_CHAINS)
  return kept.some((one) => toHex(one) === chain)
}

/** Adds chains, one after another. @returns how many were said to be there. */
async function addAll(drawer: CrashingDrawer): Promise<number> {
  let said = 0
  try {
    for (const secret of secrets) {
      await addChain(locked(drawer, p), secret, p)
      said++
    }
  } catch (error) {
    expect(error).toBeInstanceOf(Crash)
  }
  return said
}

test("a chain that was said to be kept survives a disk that fails at any call, and a power cut", async () => {
  const met = new Set<number>()
  for (let n = 1, fired = true; fired; n++) {
    const drawer = crashingDrawer(n, true)
    const said = await addAll(drawer)
    met.add(said)
    fired = drawer.calls >= n
    for (let luck = 0; luck < 4; luck++) {
      let turn = luck
      const found = drawer.afterCrash(() => (turn = (turn * 7 + 3) % 11) / 11)
      for (const chain of chains.slice(0, said)) expect(await has(found, chain)).toBe(true)
      // Whatever is left, the next can be added.
      await addChain(locked(found, p), new Uint8Array(32).fill(9), p)
    }
  }
  expect(met).toEqual(new Set([0, 1, 2, 3]))
  // Control: without the flush that waits for the disk, it is lost.
  const hasty = crashingDrawer(0, false)
  const never = {
    ...hasty,
    open: async (name: string, create: boolean) => withoutFlush(await hasty.open(name, create)),
  }
  await addChain(locked(never, p), secrets[0] as Uint8Array, p)
  expect(
    await has(
      hasty.afterCrash(() => 0),
      chains[0] as string,
    ),
  ).toBe(false)
})

test("chains that have rotted are as good as none, and do not stop a report", async () => {
  const drawer = crashingDrawer(0, false)
  await changeChains(locked(drawer, p), () => [startChain(secrets[0] as Uint8Array)], p)
  const file = await drawer.open("replies", false)
  for (let at = 0; at < ((await file?.size()) ?? 0); at += 1_000)
    await file?.write(at, new Uint8Array([255, 0]))
  expect(await has(drawer, chains[0] as string)).toBe(false)
  await addChain(locked(drawer, p), secrets[1] as Uint8Array, p)
  expect(await has(drawer, chains[1] as string)).toBe(true)
})

test("a chain that is added while replies are being read is not lost, and what was read stays read", async () => {
  const disk = crashingDrawer(0, false)
  const drawer = locked(disk, p)
  await addChain(drawer, secrets[0] as Uint8Array, p)
  let goOn: () => void = () => undefined
  const shown = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const reading = changeChains(
    drawer,
    async (before) => {
      await shown
      return before.map((chain) =>
        toHex(chain) === chains[0] ? startChain(secrets[2] as Uint8Array) : chain,
      )
    },
    p,
  )
  const adding = addChain(drawer, secrets[1] as Uint8Array, p)
  goOn()
  await Promise.all([reading, adding])
  expect(await Promise.all(chains.map((chain) => has(disk, chain)))).toEqual([false, true, true])
})

function withoutFlush<T extends { flush(): Promise<void> } | null>(file: T): T {
  return file === null ? file : { ...file, flush: async () => undefined }
}
