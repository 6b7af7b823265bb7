import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { buildArchive } from "./build.ts"
import { nodeDisk } from "./disk.ts"
import { replaceFolder, settleFolder, siblingsOf } from "./replace-folder.ts"
import { callsOfBuild, freshCopy, LATER, failOften } from "./testing/fail-often.ts"
import { sampleInput, signerPem } from "./testing/sample.ts"
import { verifyArchive } from "./verify/verify.ts"

let root: string
let vkey: string

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "fault-"))
  vkey = (await buildArchive(sampleInput(), join(root, "first"))).vkey
})
afterAll(() => rmSync(root, { recursive: true }))

test("a disk that fails at any call leaves a whole archive, the earlier or the new one", async () => {
  // Each of the first and last calls: those make, rename and remove. Of the alike writes and syncs between them every
  // seventh; the long tests fail each.
  const total = await callsOfBuild(root)
  const calls = Array.from({ length: total }, (_, i) => i + 1).filter(
    (n) => n <= 8 || n % 7 === 0 || n > total - 16,
  )
  // Every failure before the swap leaves edition 1, every one after it edition 2.
  expect(await failOften(root, vkey, calls)).toMatch(/^1{20,}2+$/)
})

test("a build killed in any phase leaves a whole archive that the next build finds", async () => {
  const keyFile = join(root, "key.pem")
  const publicationsFile = join(root, "publications.json")
  writeFileSync(keyFile, signerPem)
  writeFileSync(publicationsFile, JSON.stringify(LATER))
  const script = join(import.meta.dirname, "testing/killed-build.ts")
  // The calls of a build, to kill at the first ones, some in the midst, and each of the last: syncs, renames, removal.
  const total = await callsOfBuild(root)
  const last = [0, 1, 2, 3, 4, 5].map((back) => total - back)
  let cutInSwap = 0
  for (const call of [1, 2, 3, 20, total >> 1, ...last]) {
    const folder = freshCopy(root)
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
    await buildArchive(sampleInput(folder, LATER), folder)
    expect((await verifyArchive(folder, { vkey })).edition?.number).toBe(2)
  }
  expect(cutInSwap).toBe(1)
})

test("writing in place, as a weaker build would, is caught by the same failure", async () => {
  const folder = freshCopy(root)
  const page = readFileSync(join(folder, "en/index.html"))
  writeFileSync(join(folder, "en/index.html"), page.subarray(0, page.length >> 1))
  expect((await verifyArchive(folder, { vkey })).failed).toEqual(["en/index.html"])
})

test("a second rename that fails puts the earlier folder back", async () => {
  const folder = freshCopy(root)
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
