import { join } from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { WORDS } from "./field-fault-hands.ts"
import { beginWords, joinDesk, unlock } from "./field-page-hands.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

/** A joined page with an empty report begun. */
async function begun(invitation: string): Promise<Page> {
  const { page } = await visit(site)
  await joinDesk(page, invitation)
  await beginWords(page)
  return page
}

test("a photo taken in the page goes from the camera to the desk", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([relay.url])
  const page = await begun(await desk.invite())
  await page.getByRole("button", { name: "عکس بگیرید" }).click()
  await page.waitForFunction(() => (document.querySelector("video")?.videoWidth ?? 0) > 0)
  await page.getByRole("button", { name: "بگیر", exact: true }).click()
  await page.getByText("۱ عکس گرفته شد").waitFor()
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
  const [opened] = await desk.pull(relay)
  expect(opened?.report.consent).toEqual({ publish: "nothing", notBefore: null })
  expect(opened?.attachments[0]?.type).toBe("image/jpeg")
  expect(opened?.attachments[0]?.bytes.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]))
})

test("with no relay to reach, what is kept stays kept, over a reload too, and goes when the relay is back", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([relay.url])
  const page = await begun(await desk.invite())
  await relay.close()
  await page.getByLabel("به زبان خودتان").fill(WORDS)
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByText("اتصال نیست").waitFor()
  await page.getByText("داده‌های مرورگر را پاک نکنید").waitFor()
  await page.reload()
  await unlock(page)
  await page.getByText("فقط روی همین گوشی").waitFor()
  expect(await page.getByLabel("به زبان خودتان").count()).toBe(0)
  const again = await startRelay(join(folder, "relay.db"), relay.port)
  // Nobody has to ask for it.
  await page.getByText("از گوشی بیرون رفته").waitFor()
  expect((await desk.pull(again)).map((one) => one.report.text)).toEqual([WORDS])
})
