import { type ChildProcess, spawn } from "node:child_process"
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"

// A house of one file, in which nothing has to be installed.
let root = ""
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "govah-bootstrap-"))
  put("package.json", '{ "name": "house", "type": "module" }')
  put("package-lock.json", '{ "lockfileVersion": 3, "packages": { "": { "name": "house" } } }')
  put("node_modules/.package-lock.json", '{ "packages": {} }')
  mkdirSync(join(root, "scripts"))
  copyFileSync("scripts/bootstrap.mjs", join(root, "scripts/bootstrap.mjs"))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

interface Running {
  readonly child: ChildProcess
  /** What it printed so far, both streams. */
  said(): string
  readonly ended: Promise<number | null>
}

function bootstrap(...args: string[]): Running {
  const child = spawn(process.execPath, ["scripts/bootstrap.mjs", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  })
  let said = ""
  child.stdout.on("data", (chunk: Buffer) => (said += chunk))
  child.stderr.on("data", (chunk: Buffer) => (said += chunk))
  const ended = new Promise<number | null>((done) => child.on("close", done))
  return { child, said: () => said, ended }
}

test("start hands its arguments to `govah network`, and gives back the exit code", async () => {
  put(
    "packages/cli/src/main.ts",
    "const args: string[] = process.argv.slice(2)\nconsole.log(args.join())\nprocess.exit(3)",
  )
  const { ended, said } = bootstrap("start", "--rehearsal")
  expect(await ended).toBe(3)
  expect(said()).toBe("network,--rehearsal\n")
})

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s reaches the network, which ends in its own way",
  async (signal) => {
    put(
      "packages/cli/src/main.ts",
      `setInterval(() => {}, 1000)
process.on("${signal}", () => {
  console.log("closed")
  process.exit(0)
})
console.log("open")`,
    )
    const { child, ended, said } = bootstrap("start")
    await new Promise<void>((ready) => child.stdout?.on("data", () => said().includes("open") && ready()))
    child.kill(signal)
    expect(await ended).toBe(0)
    expect(said()).toBe("open\nclosed\n")
  },
)

test("a verb that is not there is one line", async () => {
  const { ended, said } = bootstrap("fly")
  expect(await ended).toBe(1)
  expect(said()).toMatch(/^govah: there is no "fly".*\n$/)
})

test("a broken lockfile is one line, and nothing starts", async () => {
  put("package-lock.json", '{ "packages"')
  put("packages/cli/src/main.ts", 'console.log("started")')
  const { ended, said } = bootstrap("start")
  expect(await ended).toBe(1)
  expect(said()).toMatch(/^govah: package-lock.json is missing or broken.*\n$/)
})

// npm fails without asking the network: package.json wants what the lockfile does not have.
test.each([
  ["nothing is there", ""],
  ["an install was cut short", '{ "packages'],
  ["another version is there", '{ "packages": { "node_modules/a": { "version": "1.0.0" } } }'],
])("where %s it installs, and a failed install starts nothing", async (_name, record) => {
  put("package.json", '{ "name": "house", "type": "module", "dependencies": { "a": "2.0.0", "b": "1.0.0" } }')
  put(
    "package-lock.json",
    '{ "name": "house", "lockfileVersion": 3, "packages": { "": { "name": "house" }, "node_modules/a": { "version": "2.0.0" } } }',
  )
  put("node_modules/.package-lock.json", record)
  put("packages/cli/src/main.ts", 'console.log("started")')
  const { ended, said } = bootstrap("start")
  expect(await ended).toBe(1)
  expect(said()).toContain("govah: installing")
  expect(said()).toMatch(/\ngovah: npm could not install the dependencies .*Nothing was started.*\n$/)
  expect(said()).not.toContain("started\n")
})
