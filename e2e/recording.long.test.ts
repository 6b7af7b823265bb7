import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { expect, test } from "vitest"
import { deskAndUnit, killRecordings } from "./recording-support.ts"

test("recordings killed at 300 seeded instants arrive but for what was never said to be kept", async () => {
  const outcomes = await killRecordings(300, 2021)
  console.log(JSON.stringify(outcomes))
  expect(outcomes.finals).toBeGreaterThan(100)
  expect(outcomes.cut).toBeGreaterThan(100)
})

test("memory stays flat: a recording of 1 GiB takes little more than one of 256 MiB", async () => {
  const peaks: number[] = []
  for (const slices of [512, 2_048]) {
    const { unit } = await deskAndUnit()
    const script = fileURLToPath(new URL("recording-memory-process.ts", import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [script, unit, String(slices)])
    peaks.push(Number(stdout))
  }
  console.log(`peak of 256 MiB and of 1 GiB: ${peaks.join(" and ")} MiB`)
  // Only the list of cells grows, by 32 bytes a cell, and is written several times at the end. Buffers that are not
  // collected yet come on top: how many is the engine's choice, and has nothing to do with the length.
  expect(peaks[1]).toBeLessThan((peaks[0] as number) + 96)
  expect(peaks[1]).toBeLessThan(256)
})
