import { join } from "node:path"
import { createCheapDesk } from "@govah/desk/testing"
import { createFieldServer } from "@govah/field/server"
import { nodePrimitives as primitives } from "@govah/node"
import { type BrowserContext, chromium, type Page } from "playwright-core"
import { build } from "vite"

/** How many times slower than this machine a cheap phone is. */
export const SLOWER = 6

export const CHROMIUM: string = process.env["GOVAH_CHROMIUM"] ?? "/usr/bin/chromium"
export const ARGS: readonly string[] = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
]
/** In points. */
export const SCREEN = { width: 360, height: 740 } as const

/** The built page on a server, and a desk that invites. */
export interface Stage {
  readonly url: string
  invite(): Promise<string>
  close(): Promise<void>
}

/** Builds the page as for a release. @param outDir - a folder for it. */
export async function buildPage(outDir: string): Promise<void> {
  await build({
    configFile: new URL("../../packages/field/vite.config.ts", import.meta.url).pathname,
    logLevel: "error",
    build: { outDir, emptyOutDir: true },
  })
}

/** @param folder - an empty one, for all of it. */
export async function setStage(folder: string): Promise<Stage> {
  await buildPage(join(folder, "page"))
  const site = await createFieldServer({ port: 0, directory: join(folder, "page") })
  const desk = await createCheapDesk(
    join(folder, "desk"),
    { name: "Desk", passphrase: "five plain words for tests" },
    { now: () => new Date(), primitives },
  )
  return {
    url: site.url,
    invite: async () => (await desk.invite("unit")).text,
    close: async () => {
      await site.close()
      desk.close()
    },
  }
}

/** A whole browser with a profile on the disk, and a camera that everybody allows. */
export async function openPhone(profile: string): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: [...ARGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
    permissions: ["camera", "microphone"],
    viewport: SCREEN,
  })
  context.setDefaultTimeout(900_000)
  return context
}

/** Joins the desk. @returns the passphrase. */
export async function enrol(page: Page, invitation: string): Promise<string> {
  await page.getByLabel("دعوت‌نامه", { exact: true }).fill(invitation)
  await page.getByRole("button", { name: "دعوت‌نامه را بخوان" }).click()
  await page.getByRole("button", { name: "بله، می‌پیوندم" }).click()
  const learnt = page.getByRole("button", { name: "به خاطر سپردم" })
  await learnt.click({ trial: true })
  const passphrase = (await page.locator(".passphrase li").allTextContents()).join(" ")
  await learnt.click()
  await page.getByLabel("چهار واژه", { exact: true }).fill(passphrase)
  await page.getByRole("button", { name: "با همین قفل کن" }).click()
  await page.getByRole("heading", { name: "چه چیزی را ثبت می‌کنید؟" }).waitFor()
  return passphrase
}

/** Looks like a film to whatever sniffs, and is one byte all over. */
export function filmOf(length: number): Buffer {
  const bytes = Buffer.alloc(length, 0x5a)
  Buffer.from("1a45dfa39f4286810142f7810142f2810442f381084282847765626d", "hex").copy(bytes)
  return bytes
}
