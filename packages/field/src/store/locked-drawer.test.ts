import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { type CrashingDrawer, crashingDrawer } from "../testing/crashing-drawer.ts"
import { bare, locked } from "../testing/locked.ts"
import {
  DamagedValue,
  type LockedDrawer,
  lockedDrawer,
  readBytes,
  readValue,
  writeBytes,
  writeValue,
} from "./index.ts"

const MARK = "mark 7139"

/** A disk with two values and two small files of the same sizes, as `under` writes them. */
async function written(
  under: (disk: CrashingDrawer) => LockedDrawer,
): Promise<{ disk: CrashingDrawer; drawer: LockedDrawer }> {
  const disk = crashingDrawer(0, false)
  const drawer = under(disk)
  await writeValue(drawer, "unit", MARK)
  await writeValue(drawer, "queue", "another")
  await writeBytes(drawer, "said-one", new TextEncoder().encode(MARK))
  await writeBytes(drawer, "said-two", new TextEncoder().encode("another"))
  return { disk, drawer }
}

async function bytesOf(disk: CrashingDrawer, name: string): Promise<Uint8Array> {
  const file = await disk.open(name, false)
  if (file === null) throw new Error(`there is no ${name}`)
  return await file.read(0, await file.size())
}

async function replace(disk: CrashingDrawer, name: string, bytes: Uint8Array): Promise<void> {
  const file = await disk.open(name, true)
  await file?.truncate(0)
  await file?.write(0, bytes)
}

async function swap(disk: CrashingDrawer, one: string, other: string): Promise<void> {
  const [a, b] = [await bytesOf(disk, one), await bytesOf(disk, other)]
  await replace(disk, one, b)
  await replace(disk, other, a)
}

/** What is read where only the truth, or nothing, may be. */
async function read(drawer: LockedDrawer, name: string): Promise<unknown> {
  if (!name.startsWith("said")) return await readValue(drawer, name).catch((error: unknown) => error)
  const bytes = await readBytes(drawer, name)
  return bytes === null ? null : new TextDecoder().decode(bytes)
}

test("a file that was put in another's place opens as nothing; unsealed, it is taken for the other", async () => {
  const { disk, drawer } = await written((one) => locked(one, p))
  await swap(disk, "unit", "queue")
  await swap(disk, "said-one", "said-two")
  expect(await read(drawer, "unit")).toBeInstanceOf(DamagedValue)
  expect(await read(drawer, "said-one")).toBeNull()

  const control = await written((one) => bare(one, p))
  await swap(control.disk, "unit", "queue")
  await swap(control.disk, "said-one", "said-two")
  expect(await read(control.drawer, "unit")).toBe("another")
  expect(await read(control.drawer, "said-one")).toBe("another")
})

test("any one changed byte of a file gives what was kept, or nothing, and never something else", async () => {
  const { disk, drawer } = await written((one) => locked(one, p))
  for (const name of ["unit", "said-one"]) {
    const whole = await bytesOf(disk, name)
    for (let at = 0; at < whole.length; at += Math.max(1, Math.floor(whole.length / 97))) {
      const changed = whole.slice()
      changed[at] = (changed[at] as number) ^ (1 << (at % 8))
      await replace(disk, name, changed)
      const found = await read(drawer, name)
      expect(found === MARK || found === null || found instanceof DamagedValue, `${name} at ${at}`).toBe(true)
    }
    await replace(disk, name, whole)
    expect(await read(drawer, name)).toBe(MARK)
  }
})

test("without the key nothing of what was kept is on the disk, and another key opens nothing", async () => {
  const holds = async (disk: CrashingDrawer): Promise<boolean> => {
    const all = await Promise.all((await disk.names()).map((name) => bytesOf(disk, name)))
    return all.some((bytes) => Buffer.from(bytes).includes(MARK))
  }
  const { disk } = await written((one) => locked(one, p))
  const stranger = lockedDrawer(disk, p.random(32), p)
  expect(await holds(disk)).toBe(false)
  expect(await read(stranger, "unit")).toBeInstanceOf(DamagedValue)
  expect(await read(stranger, "said-one")).toBeNull()
  expect(await holds((await written((one) => bare(one, p))).disk)).toBe(true)
})
