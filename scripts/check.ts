// Everything that must hold before a change lands. `npm test` is this with --install-tools; `npm run test:data` and
// `npm run test:long` are its tests alone, of one kind. The last line counts: `N passed, N failed`.
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { parseArgs } from "node:util"
import { count, type Counts } from "./counts.ts"
import {
  age,
  browser,
  browserShell,
  firefox,
  goVerifier,
  install,
  missing,
  operating,
  pythonCryptography,
  strace,
} from "./tools.ts"

const { values } = parseArgs({
  options: { "install-tools": { type: "boolean", default: false }, only: { type: "string" } },
})
const kind = values.only ?? "usual"
const node = process.execPath
const bin = (name: string): string => resolve("node_modules", ".bin", name)

// What can be seen without running the product, cheapest first. One that fails does not keep the next from speaking.
const STEPS: ReadonlyArray<readonly [name: string, program: string, ...args: string[]]> = [
  ["format", bin("biome"), "format", "--colors=off", "--max-diagnostics=20", "."],
  ["types", bin("tsc"), "-b", "--pretty", "false"],
  ["lint", bin("oxlint")],
  ["unused", bin("knip"), "--no-config-hints"],
]

let passed = 0
let failed = 0

if (kind === "data") requireData()
if (kind !== "data") requireTools()
if (failed === 0) {
  if (kind === "usual") for (const [name, program, ...args] of STEPS) await step(name, program, ...args)
  add(await count(kind))
  if (kind === "usual") await step("snippets", node, "scripts/snippets.ts")
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** Runs one step quietly; its output is shown whole where it fails. */
async function step(name: string, program: string, ...args: string[]): Promise<void> {
  const started = performance.now()
  const env = { ...process.env, NO_COLOR: "1" }
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env })
  let output = ""
  child.stdout.on("data", (chunk: Buffer) => (output += chunk))
  child.stderr.on("data", (chunk: Buffer) => (output += chunk))
  const code = await new Promise<number | null>((done, fail) => child.on("error", fail).on("close", done))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? "passed" : "FAILED"}  ${name}  (${seconds} s)`)
  if (code !== 0) console.log(output.trimEnd())
  add(code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })
}

function requireTools(): void {
  const tools =
    kind === "long"
      ? [browser, firefox, age, strace, pythonCryptography, ...goVerifier, ...operating]
      : [browser, firefox, age, strace]
  const named = process.env["GOVAH_CHROMIUM"] !== undefined
  const still = values["install-tools"] ? install(tools) : missing(tools)
  // Apart, and after the others: a system that does not have it takes none of a list that names it.
  if (values["install-tools"] && !named) install([browserShell])
  const shell = browserShell.find()
  if (shell !== null) process.env["GOVAH_CHROMIUM_SHELL"] = shell
  for (const tool of still) refuse(`${tool.name} is missing, and the tests need it. ${tool.advice}`)
  const path = browser.find()
  if (path !== null) process.env["GOVAH_CHROMIUM"] = path
  const fox = firefox.find()
  if (fox !== null) process.env["GOVAH_FIREFOX"] = fox
}

function requireData(): void {
  const folder = resolve(process.env["GOVAH_DATA"] ?? "../shared/data")
  process.env["GOVAH_DATA"] = folder
  if (!existsSync(folder)) {
    refuse(
      `the folder of test data ${folder} is missing. It is not part of the repository: set GOVAH_DATA to where it lies.`,
    )
  }
}

function refuse(message: string): void {
  console.log(`FAILED  ${message}`)
  failed++
}

function add(counts: Counts): void {
  passed += counts.passed
  failed += counts.failed
}
