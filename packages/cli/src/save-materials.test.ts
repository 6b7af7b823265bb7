import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { nodePrimitives as primitives } from "@govah/node"
import { expect, onTestFinished, test } from "vitest"
import { saveMaterials } from "./save-materials.ts"

test("what comes with calls is written once each, and its name tells neither call nor desk", async () => {
  const folder = await mkdtemp(join(tmpdir(), "govah-cli-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const call = {
    v: 1 as const,
    campaign: "Lights",
    action: "vigil" as const,
    language: "en",
    words: "At eight.",
    from: "2026-03-01",
    to: null,
    places: [],
  }
  const bytes = new TextEncoder().encode("Hang it up.")
  const said = {
    calls: [
      {
        call: { ...call, title: "A light", material: { type: "text/plain" as const, bytes: bytes.length } },
        material: bytes,
      },
      { call: { ...call, title: "Words alone", material: null }, material: new Uint8Array(0) },
    ],
  }
  const printed: string[] = []
  const context = { primitives, print: (line: string) => void printed.push(line) }
  const into = join(folder, "new", "folder")
  for (let times = 0; times < 2; times++) await saveMaterials(said, into, context)
  const names = await readdir(into)
  expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{12}\.txt$/)])
  expect(await readFile(join(into, names[0] as string), "utf8")).toBe("Hang it up.")
  expect(printed).toEqual(Array(2).fill(`${join(into, names[0] as string)}: comes with the call “A light”`))
})
