import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { buildArchive } from "./build.ts"
import { callsOfBuild, failOften } from "./testing/fail-often.ts"
import { sampleInput } from "./testing/sample.ts"

test("a disk that fails at any call at all leaves a whole archive, the earlier or the new one", async () => {
  const root = mkdtempSync(join(tmpdir(), "fault-"))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const { vkey } = await buildArchive(sampleInput(), join(root, "first"))
  const total = await callsOfBuild(root)
  const editions = await failOften(
    root,
    vkey,
    Array.from({ length: total }, (_, i) => i + 1),
  )
  // Every failure before the swap leaves edition 1, every one after it edition 2.
  expect(editions).toMatch(/^1{50,}2+$/)
})
