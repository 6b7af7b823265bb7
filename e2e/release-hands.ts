import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFinished } from "vitest"
import { sharedBrowser } from "./page-browser.ts"
import { buildPage, makeReleaser, type Releaser, type TurningHost, turningHost } from "./release-support.ts"

export const ALARM = "به این برنامه دیگر اعتماد نکنید"
export const INVITATION = "دعوت‌نامه را بخوان"

/** A browser, and a first release of a build that has pinned its releaser's keys; gone when the tests of the file are done. */
export interface Stage {
  readonly folder: string
  readonly releaser: Releaser
  /** Folder of release 1. */
  readonly one: string
  visitor(): Promise<BrowserContext>
  installed(): Promise<{ context: BrowserContext; host: TurningHost }>
}

/** Called once, at the top of a file of tests. */
export function releaseStage(): () => Stage {
  let stage: Stage | null = null
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "govah-release-"))
    const releaser = await makeReleaser(join(folder, "ours"))
    await buildPage(releaser)
    const one = await releaser.release(1)
    const opened = await sharedBrowser()
    const visitor = async (): Promise<BrowserContext> => {
      const context = await opened.newContext({ viewport: { width: 360, height: 740 } })
      context.setDefaultTimeout(30_000)
      onTestFinished(() => context.close())
      return context
    }
    const installed: Stage["installed"] = async () => {
      const host = await turningHost(join(one, "site"))
      const context = await visitor()
      await install(context, host)
      return { context, host }
    }
    stage = { folder, releaser, one, visitor, installed }
  })
  afterAll(async () => {
    if (stage !== null) await rm(stage.folder, { recursive: true, force: true })
  })
  return () => {
    if (stage === null) throw new Error("the stage is not set")
    return stage
  }
}

/** A fresh start of the app, as when a person opens it. */
export async function start(context: BrowserContext, host: TurningHost): Promise<Page> {
  const page = await context.newPage()
  for (const old of context.pages()) if (old !== page) await old.close()
  await page.goto(host.url)
  return page
}

export async function install(context: BrowserContext, host: TurningHost): Promise<void> {
  const page = await start(context, host)
  await page.getByRole("button", { name: INVITATION }).waitFor()
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
}

/** Which release's page stands there, or what somebody else's page says of itself. */
export async function mark(page: Page): Promise<string | null> {
  return await page.locator("meta[name=mark]").getAttribute("content")
}

export async function takeUpdate(page: Page): Promise<void> {
  await page.getByRole("button", { name: "از بار بعد همین را باز کن" }).click()
  await page.getByText("بار بعد که برنامه را باز کنید").waitFor()
}
