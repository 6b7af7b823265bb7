import { spawnSync } from "node:child_process"
import { accessSync, constants, existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { chromium } from "playwright-core"

/** A program that tests need and npm does not bring. */
export interface Tool {
  /** What a person would call it. */
  readonly name: string
  /** Its path, or null where the machine has none. */
  find(): string | null
  /** Debian's package. */
  readonly debian: string
  /** What to do where nothing could be installed. */
  readonly advice: string
}

const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
/** Where Debian keeps sources of Go, which the test takes for its GOPATH. */
const GO_MODULE = "/usr/share/gocode/src/golang.org/x/mod"
const ELSEWHERE = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
]

/** The browser of the page tests. `GOVAH_CHROMIUM` names another one. */
export const browser: Tool = {
  name: "Chromium",
  debian: "chromium",
  advice:
    "Install Chromium (Debian: apt-get install chromium), or name one: GOVAH_CHROMIUM=/path/to/it npm test.",
  find() {
    const named = process.env["GOVAH_CHROMIUM"]
    if (named !== undefined) return runnable(named) ? named : null
    return onPath(BROWSERS) ?? [...ELSEWHERE, chromium.executablePath()].find(runnable) ?? null
  },
}

/**
 * The same engine without a window, for the tests that look at pages alone: two thirds of the work. Where it is not to be had,
 * the whole browser does.
 */
export const browserShell: Tool = {
  name: "Chromium's headless shell",
  debian: "chromium-headless-shell",
  advice: "Debian has it as chromium-headless-shell; the tests do without.",
  find() {
    const named = process.env["GOVAH_CHROMIUM_SHELL"]
    if (named !== undefined) return runnable(named) ? named : null
    // Whoever names a browser wants that one tried.
    return process.env["GOVAH_CHROMIUM"] === undefined ? onPath(["chromium-headless-shell"]) : null
  },
}

const FIREFOX_ELSEWHERE = "/Applications/Firefox.app/Contents/MacOS/firefox"

/** The other browser that the field's page is searched in. `GOVAH_FIREFOX` names another one. */
export const firefox: Tool = {
  name: "Firefox",
  debian: "firefox-esr",
  advice:
    "Install Firefox 128 or newer (Debian: apt-get install firefox-esr), or name one: GOVAH_FIREFOX=/path/to/it npm test.",
  find() {
    const named = process.env["GOVAH_FIREFOX"]
    if (named !== undefined) return runnable(named) ? named : null
    return onPath(["firefox-esr", "firefox"]) ?? (runnable(FIREFOX_ELSEWHERE) ? FIREFOX_ELSEWHERE : null)
  },
}

/** Another's implementation of the age format, for the tests that ours and theirs agree. */
export const age: Tool = {
  name: "age",
  debian: "age",
  advice: "Install age 1.0 or newer (Debian: apt-get install age; macOS: brew install age).",
  find: () => onPath(["age"]),
}

/** Writes down what a relay's store does to the disk, for the test that cuts the power. */
export const strace: Tool = {
  name: "strace",
  debian: "strace",
  advice: "Install strace 5.10 or newer (Debian: apt-get install strace).",
  find: () => onPath(["strace"]),
}

/** What the second implementation of our formats stands on (`vectors/python`); for `npm run test:long` alone. */
export const pythonCryptography: Tool = {
  name: "python3-cryptography",
  debian: "python3-cryptography",
  advice:
    "Install Python 3.9 or newer with its cryptography package (Debian: apt-get install python3-cryptography).",
  find() {
    const python = onPath(["python3"])
    if (python === null) return null
    return spawnSync(python, ["-c", "import cryptography"]).status === 0 ? python : null
  },
}

/** What the independent verifier of our transparency log stands on (`vectors/go`); for `npm run test:long` alone. */
export const goVerifier: readonly Tool[] = [
  {
    name: "Go",
    debian: "golang-go",
    advice: "Install Go (Debian: apt-get install golang-go) for go-verifier.long.test.ts.",
    find: () => onPath(["go"]),
  },
  {
    name: "Go's x/mod",
    debian: "golang-golang-x-mod-dev",
    advice:
      "Install Debian's sources of x/mod (apt-get install golang-golang-x-mod-dev) for go-verifier.long.test.ts.",
    find: () => (existsSync(GO_MODULE) ? GO_MODULE : null),
  },
]

/** Programs of others that relays stand behind or run under, each with the test that needs it; for long tests alone. */
export const operating: readonly Tool[] = [
  debianTool("tor", "tor", ["tor"], "roads-tor"),
  debianTool("mke2fs", "e2fsprogs", ["mke2fs"], "leak"),
  debianTool("ip", "iproute2", ["ip"], "roads-tor"),
  debianTool("tcpdump", "tcpdump", ["tcpdump"], "roads-tor"),
  debianTool("nginx", "nginx-light", ["nginx"], "operating-proxies"),
  debianTool("Caddy", "caddy", ["caddy"], "operating-proxies"),
  debianTool("strace", "strace", ["strace"], "operating-unit"),
  debianTool("systemd-analyze", "systemd", ["systemd-analyze"], "operating-unit"),
]

function debianTool(name: string, debian: string, programs: readonly string[], test: string): Tool {
  return {
    name,
    debian,
    advice: `Install it (Debian: apt-get install ${debian}) for e2e/${test}.long.test.ts.`,
    find: () => onPath(programs),
  }
}

/** The tools that are not there. */
export function missing(tools: readonly Tool[]): Tool[] {
  return tools.filter((tool) => tool.find() === null)
}

/**
 * Installs what is missing: with the system's package manager where it may be used without asking, then, for the browser,
 * with Playwright's own download. Says each thing it tries. Gives what is still missing.
 */
export function install(tools: readonly Tool[]): Tool[] {
  const apt = aptCommand()
  const wanted = missing(tools)
  if (wanted.length > 0 && apt !== null) {
    const packages = wanted.map((tool) => tool.debian)
    console.log(`installing ${packages.join(", ")} with apt-get …`)
    attempt([...apt, "update", "-qq"])
    attempt([...apt, "install", "-y", "-qq", "--no-install-recommends", ...packages])
  }
  if (process.env["GOVAH_CHROMIUM"] === undefined && missing(tools).includes(browser)) {
    console.log("downloading Playwright's Chromium …")
    attempt([process.execPath, join("node_modules", "playwright-core", "cli.js"), "install", "chromium"])
  }
  return missing(tools)
}

/** How apt-get may be called: root may, and so may a CI machine that needs no password. Nobody else is surprised. */
function aptCommand(): string[] | null {
  if (onPath(["apt-get"]) === null) return null
  if (process.getuid?.() === 0) return ["apt-get"]
  const sudo = process.env["CI"] === "true" && spawnSync("sudo", ["-n", "true"]).status === 0
  return sudo ? ["sudo", "-n", "apt-get"] : null
}

function attempt([program = "", ...args]: readonly string[]): void {
  const done = spawnSync(program, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 300_000,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  })
  if (done.status === 0) return
  // The line that names the error, not the stack that comes after it.
  const lines = `${done.stderr}${done.stdout}`.split("\n").filter((line) => line.trim() !== "")
  const why =
    done.error?.message ??
    lines.find((line) => /^\W*(E|\w*error)\b/i.test(line)) ??
    lines[0] ??
    "it did not say why"
  console.log(`  that did not work: ${why.trim()}`)
}

function onPath(names: readonly string[]): string | null {
  // Servers lie where only root's PATH looks on some machines.
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin"]
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(runnable) ?? null
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
