import { spawnSync } from "node:child_process"
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { buildArchive } from "./build.ts"
import { nodeDisk } from "./disk.ts"
import { replaceFolder, settleFolder, siblingsOf } from "./replace-folder.ts"
import { action, event, sampleInput, signerPem, story } from "./testing/sample.ts"
import { diskStoppingAt } from "./testing/stopping-disk.ts"
import { verifyArchive } from "./verify/verify.ts"

let root: string
let first: string
let vkey: string
const later = [{ ...event, revision: 2, note: null }, action, story]

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "fault-"))
  first = join(root, "first")
  vkey = (await buildArchive(sampleInput(), first)).vkey
})
afterAll(() => rmSync(root, { recursive: true }))

/** A fresh copy of the first edition. */
function freshCopy(): string {
  const folder = join(root, "archive")
  const { building, before } = siblingsOf(folder)
  for (const path of [folder, building, before]) rmSync(path, { recursive: true, force: true })
  cpSync(first, folder, { recursive: true })
  return folder
}

test("a disk that fails at any call leaves a whole archive, the earlier or the new one", async () => {
  let editions = ""
  for (let n = 1, fired = true; fired; n++) {
    const folder = freshCopy()
    const disk = diskStoppingAt(n, async (midway) => {
      await midway()
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" })
    })
    const outcome = await buildArchive(sampleInput(folder, later), folder, disk).catch(
      (error: unknown) => error,
    )
    fired = disk.fired()
    if (fired) expect(outcome).toMatchObject({ code: "ENOSPC" })
    const verdict = await verifyArchive(folder, { vkey })
    expect(verdict, `call ${n}`).toMatchObject({ ok: true, failed: [] })
    editions += verdict.edition?.number
    // The next build, on a disk that works again, succeeds and leaves nothing lying about. Tried wherever something does lie
    // about, and of the many alike writes and syncs at each tenth.
    if (n % 10 !== 0 && !readdirSync(root).some((name) => name.startsWith("."))) continue
    await buildArchive(sampleInput(folder, later), folder)
    expect((await verifyArchive(folder, { vkey })).edition?.number).toBe(2)
    expect(readdirSync(root).filter((name) => name.startsWith("."))).toEqual([])
  }
  // Every failure before the swap leaves edition 1, every one after it edition 2.
  expect(editions).toMatch(/^1{50,}2+$/)
})

test("a build killed in any phase leaves a whole archive that the next build finds", async () => {
  const keyFile = join(root, "key.pem")
  const publicationsFile = join(root, "publications.json")
  writeFileSync(keyFile, signerPem)
  writeFileSync(publicationsFile, JSON.stringify(later))
  const script = join(import.meta.dirname, "testing/killed-build.ts")
  // The calls of a build, to kill at the first ones, some in the midst, and each of the last: syncs, renames, removal.
  const dry = diskStoppingAt(Number.POSITIVE_INFINITY, async () => undefined)
  let total = 0
  const counting = { ...dry }
  for (const name of ["makeFolder", "writeFile", "sync", "rename", "remove"] as const)
    Object.assign(counting, {
      [name]: (...args: never[]) => (total++, (dry[name] as (...a: never[]) => Promise<void>)(...args)),
    })
  const counted = freshCopy()
  await buildArchive(sampleInput(counted, later), counted, counting)
  const last = [0, 1, 2, 3, 4, 5].map((back) => total - back)
  let cutInSwap = 0
  for (const call of [1, 2, 3, 20, total >> 1, ...last]) {
    const folder = freshCopy()
    const child = spawnSync(process.execPath, [script, folder, String(call), keyFile, publicationsFile])
    expect(child.signal, `call ${call}: ${child.stderr.toString()}`).toBe("SIGKILL")
    if (!existsSync(folder)) {
      // Between the two renames: nothing is lost, and a verifier says where the archive is.
      cutInSwap++
      const { before } = siblingsOf(folder)
      expect((await verifyArchive(folder)).checks[0]?.why).toContain(before)
      expect((await verifyArchive(before, { vkey })).ok).toBe(true)
      await settleFolder(folder, nodeDisk)
    }
    expect(await verifyArchive(folder, { vkey }), `call ${call}`).toMatchObject({ ok: true, failed: [] })
    await buildArchive(sampleInput(folder, later), folder)
    expect((await verifyArchive(folder, { vkey })).edition?.number).toBe(2)
  }
  expect(cutInSwap).toBe(1)
})

test("writing in place, as a weaker build would, is caught by the same failure", async () => {
  const folder = freshCopy()
  const page = readFileSync(join(folder, "en/index.html"))
  writeFileSync(join(folder, "en/index.html"), page.subarray(0, page.length >> 1))
  expect((await verifyArchive(folder, { vkey })).failed).toEqual(["en/index.html"])
})

test("a second rename that fails puts the earlier folder back", async () => {
  const folder = freshCopy()
  let renames = 0
  const disk = {
    ...nodeDisk,
    rename: async (from: string, to: string) => {
      if (++renames === 2) throw new Error("rename refused")
      await nodeDisk.rename(from, to)
    },
  }
  await expect(replaceFolder(folder, new Map(), disk)).rejects.toThrow("rename refused")
  expect((await verifyArchive(folder, { vkey })).ok).toBe(true)
})
