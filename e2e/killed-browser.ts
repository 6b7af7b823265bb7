import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { type Browser, chromium, type Page } from "playwright-core"
import { onTestFinished } from "vitest"
import { ARGS, CAMERA, WHOLE } from "./page-browser.ts"

/** A browser with a profile on the disk, which can be killed and started again. */
export interface KilledBrowser {
  readonly page: Page
  /** SIGKILL, to all of its processes. */
  kill(): Promise<void>
}

/** @param profile - folder of the profile; what was there is there again. */
export async function startKilledBrowser(profile: string): Promise<KilledBrowser> {
  const portFile = join(profile, "DevToolsActivePort")
  await rm(portFile, { force: true })
  const child: ChildProcess = spawn(
    WHOLE,
    [...ARGS, ...CAMERA, "--remote-debugging-port=0", `--user-data-dir=${profile}`],
    { stdio: "ignore", detached: true },
  )
  const exited = once(child, "exit")
  let isDead = false
  const kill = async (): Promise<void> => {
    if (isDead) return
    isDead = true
    process.kill(-(child.pid as number), "SIGKILL")
    await exited
  }
  onTestFinished(kill)
  let port = ""
  // The browser writes it when it can be talked to.
  while (port === "") {
    if (child.exitCode !== null) throw new Error("the browser ended by itself")
    port = (await readFile(portFile, "utf8").catch(() => "")).split("\n")[0] ?? ""
    if (port === "") await pause(50)
  }
  const browser: Browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const context = browser.contexts()[0]
  if (context === undefined) throw new Error("the browser has no window")
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  return { page, kill }
}
