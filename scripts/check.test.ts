// The commands of CONTRIBUTING, where something they need is not there.
import { spawnSync } from "node:child_process"
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"

function check(
  environment: Readonly<Record<string, string>>,
  ...args: string[]
): { status: number | null; lines: string[] } {
  const done = spawnSync(process.execPath, ["scripts/check.ts", ...args], {
    encoding: "utf8",
    env: { ...process.env, ...environment },
  })
  return { status: done.status, lines: done.stdout.trim().split("\n") }
}

test("without a browser it fails, says what to install and runs nothing", () => {
  const { status, lines } = check({ GOVAH_CHROMIUM: "/nowhere/chromium" })
  expect(status).toBe(1)
  expect(lines).toEqual([
    expect.stringMatching(/^FAILED {2}Chromium is missing.*apt-get install chromium/),
    "0 passed, 1 failed",
  ])
})

test("without age and strace it fails, says what to install and runs nothing", () => {
  const { status, lines } = check({
    PATH: "/nowhere",
    GOVAH_CHROMIUM: process.execPath,
    GOVAH_FIREFOX: process.execPath,
  })
  expect(status).toBe(1)
  expect(lines).toEqual([
    expect.stringMatching(/^FAILED {2}age is missing.*apt-get install age/),
    expect.stringMatching(/^FAILED {2}strace is missing.*apt-get install strace/),
    "0 passed, 2 failed",
  ])
})

test("without the data folder the data tests fail, and name it", () => {
  const { status, lines } = check({ GOVAH_DATA: "/nowhere/data" }, "--only", "data")
  expect(status).toBe(1)
  expect(lines).toEqual([
    expect.stringMatching(/^FAILED {2}the folder of test data \/nowhere\/data is missing/),
    "0 passed, 1 failed",
  ])
})

// `.ci/run` with an npm that says what the test tells it to.
test.each([
  ["both hold", "5 passed, 0 failed", 0, "2 passed, 0 failed", 0, "7 passed, 0 failed", 0],
  ["one test fails", "5 passed, 1 failed", 1, "2 passed, 0 failed", 0, "7 passed, 1 failed", 1],
  ["the data tests fail", "5 passed, 0 failed", 0, "1 passed, 1 failed", 1, "6 passed, 1 failed", 1],
  [
    "a command fails after counting",
    "5 passed, 0 failed",
    1,
    "2 passed, 0 failed",
    0,
    "7 passed, 1 failed",
    1,
  ],
  ["a command dies before counting", "Killed", 137, "2 passed, 0 failed", 0, "2 passed, 1 failed", 1],
  ["a command counts nothing and ends well", "done", 0, "2 passed, 0 failed", 0, "2 passed, 1 failed", 1],
])("CI, where %s", (_name, said, code, dataSaid, dataCode, last, status) => {
  const root = mkdtempSync(join(tmpdir(), "govah-ci-"))
  try {
    for (const folder of [".ci", "bin"]) mkdirSync(join(root, folder))
    copyFileSync(".ci/run", join(root, ".ci/run"))
    const npm = `#!/bin/sh\nif [ "$*" = test ]; then echo "${said}"; exit ${code}; fi\necho "${dataSaid}"; exit ${dataCode}\n`
    writeFileSync(join(root, "bin/npm"), npm)
    chmodSync(join(root, "bin/npm"), 0o755)
    const done = spawnSync("bash", [".ci/run"], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, PATH: `${join(root, "bin")}:${process.env["PATH"]}` },
    })
    expect(done.stdout.trimEnd().split("\n").at(-1)).toBe(last)
    expect(done.status).toBe(status)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
