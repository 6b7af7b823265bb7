import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A browser with one page, which hands each question to a new worker. */
export interface BenchBrowser {
  /** As the browser names itself. */
  readonly agent: string
  /** Asks a new worker. @throws Error that the worker threw. */
  ask(question: unknown): Promise<unknown>
  /** The most memory that a process of a page ever held, in bytes: what the system says. */
  peakBytes(): number
  close(): Promise<void>
}

interface Program {
  readonly program: string
  args(profile: string): readonly string[]
  /** Whether a process that was started so shows pages. */
  isPage(commandLine: string): boolean
}

/** Which browsers can be asked. */
export type BrowserName = "chromium" | "firefox"

const BROWSERS: { readonly [name in BrowserName]: Program } = {
  chromium: {
    program: process.env["GOVAH_CHROMIUM"] ?? "/usr/bin/chromium",
    // A profile on the disk: in a private window the store of files is another process's memory, a message a write.
    args: (profile) => [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      `--user-data-dir=${profile}`,
    ],
    isPage: (commandLine) => commandLine.includes("--type=renderer"),
  },
  firefox: {
    program: process.env["GOVAH_FIREFOX"] ?? "/usr/bin/firefox-esr",
    args: (profile) => ["--headless", "--no-remote", "--profile", profile],
    isPage: (commandLine) => commandLine.includes("-contentproc"),
  },
}

const PREFERENCES = `
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.normandy.enabled", false);
user_pref("network.proxy.type", 0);
`

// The page asks for work and posts what came of it, so that no browser needs to be driven from outside.
const PAGE = `<!doctype html><meta charset="utf-8"><title>bench</title><script type="module">
for (;;) {
  const question = await (await fetch("/question", { method: "POST", body: navigator.userAgent })).text()
  const answer = await new Promise((resolve) => {
    const worker = new Worker("/worker.js", { type: "module" })
    worker.onmessage = (event) => { worker.terminate(); resolve(event.data) }
    worker.onerror = (event) => resolve({ error: String(event.message) })
    worker.postMessage(JSON.parse(question))
  })
  await fetch("/answer", { method: "POST", body: JSON.stringify(answer) })
}
</script>`

/** @param script - of the worker. */
export async function openBrowser(name: BrowserName, script: string): Promise<BenchBrowser> {
  const { program, args, isPage } = BROWSERS[name]
  let agent = ""
  // The page waits in one of them at a time: for a question, or the bench for its answer.
  let waiting: ServerResponse | null = null
  let ready = (): void => {}
  let answered = (_answer: string): void => {}
  const started = new Promise<void>((resolve) => (ready = resolve))
  const server = createServer((asked, response) => {
    const parts: Buffer[] = []
    asked.on("data", (part: Buffer) => parts.push(part))
    asked.on("end", () => {
      const body = Buffer.concat(parts).toString()
      if (asked.url === "/question") {
        agent = body
        waiting = response
        ready()
      } else if (asked.url === "/answer") {
        response.end()
        answered(body)
      } else {
        const isScript = asked.url === "/worker.js"
        response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html")
        response.end(isScript ? script : PAGE)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const profile = mkdtempSync(join(tmpdir(), "govah-bench-profile-"))
  writeFileSync(join(profile, "user.js"), PREFERENCES)
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const child = spawn(program, [...args(profile), address], { stdio: "ignore", detached: true })
  // Also where the bench is stopped half-way: the browser and what it started are one group of processes.
  const end = (): void => {
    process.kill(-(child.pid as number), "SIGKILL")
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  const stop = (): void => process.exit(1)
  process.once("exit", end).once("SIGINT", stop).once("SIGTERM", stop)
  const gone = once(child, "exit").then(() => {
    throw new Error(`${program} ended by itself`)
  })
  gone.catch(() => {})
  await Promise.race([started, gone])
  return {
    get agent() {
      return agent
    },
    ask: async (question) => {
      ready()
      const next = new Promise<void>((resolve) => (ready = resolve))
      const answer = new Promise<string>((resolve) => (answered = resolve))
      waiting?.end(JSON.stringify(question))
      const said = JSON.parse(await Promise.race([answer, gone])) as unknown
      await Promise.race([next, gone])
      if (said !== null && typeof said === "object" && "error" in said) throw new Error(String(said.error))
      return said
    },
    peakBytes: () => Math.max(0, ...descendants(child).map((pid) => peakOf(pid, isPage))),
    close: async () => {
      const exited = once(child, "exit")
      process.off("exit", end).off("SIGINT", stop).off("SIGTERM", stop)
      end()
      await exited
      // What it wrote while it ended.
      server.closeAllConnections()
      server.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function descendants(child: ChildProcess): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync("/proc")) {
    const parent = /^\d+$/.test(name) ? /^PPid:\s+(\d+)/m.exec(statusOf(Number(name)))?.[1] : undefined
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const isOurs = (pid: number): boolean => pid === child.pid || (pid > 1 && isOurs(parents.get(pid) ?? 0))
  return [...parents.keys()].filter(isOurs)
}

function peakOf(pid: number, isPage: (commandLine: string) => boolean): number {
  if (!isPage(read(`/proc/${pid}/cmdline`))) return 0
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(statusOf(pid))?.[1] ?? 0) * 1024
}

function statusOf(pid: number): string {
  return read(`/proc/${pid}/status`)
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch {
    // It has ended since it was listed.
    return ""
  }
}
