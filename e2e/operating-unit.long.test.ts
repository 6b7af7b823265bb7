import { execFileSync, spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { expect, test } from "vitest"
import { freshFolder } from "./field-support.ts"

const shipped = readFileSync(resolve(import.meta.dirname, "../ops/systemd/govah-relay.service"), "utf8")

/** What systemd says that a unit is exposed to: 0 nothing, 10 everything. */
async function exposure(unit: string): Promise<number> {
  const file = join(await freshFolder(), "govah-relay.service")
  writeFileSync(file, unit)
  const said = execFileSync("systemd-analyze", ["security", "--offline=yes", "--no-pager", file], {
    encoding: "utf8",
  })
  return Number(/Overall exposure level for govah-relay\.service: ([\d.]+)/.exec(said)?.[1])
}

test("systemd counts the unit among the safe, and one without its lines among the unsafe", async () => {
  expect(await exposure(shipped)).toBeLessThanOrEqual(0.5)
  const kept = /^(\[|ExecStart=|Type=|User=|Environment=|WantedBy=)/
  const bare = shipped.split("\n").filter((line) => kept.test(line))
  expect(await exposure(bare.join("\n"))).toBeGreaterThan(8)
})

test("systemd understands every line of the unit", async () => {
  const folder = await freshFolder()
  const verify = (unit: string): string => {
    const file = join(folder, "govah-relay.service")
    writeFileSync(file, unit.replace(/^ExecStart=\S+/m, "ExecStart=/bin/true"))
    return spawnSync("systemd-analyze", ["verify", "--man=no", file], { encoding: "utf8" }).stderr
  }
  const ours = (said: string): string[] => said.split("\n").filter((line) => line.includes("govah-relay"))
  expect(ours(verify(shipped))).toEqual([])
  expect(ours(verify(shipped.replace("ProtectProc=", "ProtectProcesses="))).join()).toContain("Unknown key")
})
