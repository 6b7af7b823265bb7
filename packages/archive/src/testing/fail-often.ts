import { cpSync, readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import type { Publication } from "@govah/core/publication"
import { expect } from "vitest"
import { buildArchive } from "../build.ts"
import { siblingsOf } from "../replace-folder.ts"
import { verifyArchive } from "../verify/verify.ts"
import { action, event, sampleInput, story } from "./sample.ts"
import { diskStoppingAt } from "./stopping-disk.ts"

/** What the second edition holds. */
export const LATER: readonly Publication[] = [{ ...event, revision: 2, note: null }, action, story]

/** A fresh copy of the first edition, `root`/first, in `root`/archive, with nothing beside it. */
export function freshCopy(root: string): string {
  const folder = join(root, "archive")
  const { building, before } = siblingsOf(folder)
  for (const path of [folder, building, before]) rmSync(path, { recursive: true, force: true })
  cpSync(join(root, "first"), folder, { recursive: true })
  return folder
}

/** How many calls of the disk a build of the second edition makes. */
export async function callsOfBuild(root: string): Promise<number> {
  let calls = 0
  const disk = diskStoppingAt(Number.POSITIVE_INFINITY, async () => undefined)
  const counting = { ...disk }
  for (const name of ["makeFolder", "writeFile", "sync", "rename", "remove"] as const)
    Object.assign(counting, {
      [name]: (...args: never[]) => (calls++, (disk[name] as (...a: never[]) => Promise<void>)(...args)),
    })
  const folder = freshCopy(root)
  await buildArchive(sampleInput(folder, LATER), folder, counting)
  return calls
}

/**
 * Builds the second edition over the first with a disk that fails at one call, for each of `calls`, and demands a whole
 * archive each time.
 *
 * @returns a digit for each call: the edition that stood there afterwards.
 */
export async function failOften(root: string, vkey: string, calls: readonly number[]): Promise<string> {
  let editions = ""
  for (const n of calls) {
    const folder = freshCopy(root)
    const disk = diskStoppingAt(n, async (midway) => {
      await midway()
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" })
    })
    await expect(buildArchive(sampleInput(folder, LATER), folder, disk)).rejects.toMatchObject({
      code: "ENOSPC",
    })
    const verdict = await verifyArchive(folder, { vkey })
    expect(verdict, `call ${n}`).toMatchObject({ ok: true, failed: [] })
    editions += verdict.edition?.number
    // The next build, on a disk that works again, succeeds and leaves nothing lying about. Tried wherever something does lie
    // about, and of the many alike writes and syncs at each tenth.
    if (n % 10 !== 0 && !readdirSync(root).some((name) => name.startsWith("."))) continue
    await buildArchive(sampleInput(folder, LATER), folder)
    expect((await verifyArchive(folder, { vkey })).edition?.number).toBe(2)
    expect(readdirSync(root).filter((name) => name.startsWith("."))).toEqual([])
  }
  return editions
}
