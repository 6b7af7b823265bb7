import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { buildToSpoil, flipEveryFile } from "../testing/flip.ts"

test("A flipped byte at the start, in the middle or at the end of any file names exactly that file", async () => {
  const root = mkdtempSync(join(tmpdir(), "verify-"))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const spoiled = await buildToSpoil(root)
  const { flipped, misnamed, missedByWeak } = await flipEveryFile(
    spoiled,
    (length) => new Set([0, length >> 1, length - 1]),
  )
  expect(misnamed).toEqual([])
  expect(flipped).toBeGreaterThan(spoiled.paths.length * 2)
  expect(missedByWeak).toBeGreaterThan(spoiled.paths.length)
})
