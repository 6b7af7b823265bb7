import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { joinDesk, passphraseOf, reachHome, unlock } from "./field-page-hands.ts"
import { openSite, setSeen, type Site, visit } from "./field-shell-support.ts"
import { makeDesk } from "./field-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(async () => {
  await site?.close()
})

const MARK = "پاک کردن همه چیز: یک ثانیه نگه دارید"

async function joined(): Promise<Page> {
  const { page } = await visit(site, { still: true })
  await joinDesk(page, await (await makeDesk([])).invite())
  return page
}

/** An empty app stands there, and of what was kept no file is left. */
async function expectWiped(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "با دعوت‌نامه شروع کنید" }).waitFor()
  await expect
    .poll(
      async () =>
        await page.evaluate(async () => {
          const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("field")
          return await Array.fromAsync(folder.keys())
        }),
    )
    .toEqual(expect.not.arrayContaining(["unit"]))
  await page.reload()
  await page.getByRole("heading", { name: "با دعوت‌نامه شروع کنید" }).waitFor()
}

async function centre(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.getByRole("button", { name: MARK }).boundingBox()
  if (box === null) throw new Error("there is no mark")
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

test("the mark wipes when it is held for a second, and by nothing less", async () => {
  const page = await joined()
  const { x, y } = await centre(page)
  const hold = async (ms: number, meanwhile: () => Promise<void>): Promise<void> => {
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.clock.runFor(ms)
    await meanwhile()
    await page.clock.runFor(2_000)
    await page.mouse.up()
  }
  // Let go too early; strayed off; a second finger; the page left in the middle.
  await hold(900, async () => await page.mouse.up())
  await page.getByText("هنوز چیزی پاک نشده").waitFor()
  await hold(500, async () => await page.mouse.move(x, y + 40))
  await hold(500, async () => {
    await page.evaluate(() =>
      dispatchEvent(new PointerEvent("pointerdown", { pointerId: 77, bubbles: true })),
    )
  })
  await hold(500, async () => {
    await setSeen(page, false)
    await setSeen(page, true)
    await page.getByRole("button", { name: "برای ادامه لمس کنید" }).click()
  })
  for (let times = 0; times < 10; times++) await page.mouse.click(x, y)
  await page.clock.runFor(5_000)
  await page.getByRole("button", { name: MARK }).focus()
  for (let times = 0; times < 10; times++) await page.keyboard.press("Enter")
  await reachHome(page)
  await page.keyboard.down(" ")
  await page.clock.runFor(900)
  await page.keyboard.up(" ")
  await page.clock.runFor(2_000)
  await reachHome(page)

  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.clock.runFor(1_000)
  await expectWiped(page)
})

test("who holds the key of the mark on a keyboard wipes, locked too, and the old passphrase opens nothing", async () => {
  const page = await joined()
  await page.getByRole("button", { name: "همین حالا قفل کن" }).click()
  await page.getByLabel("رمز، چهار واژه", { exact: true }).waitFor()
  // Nothing here says what this is, or whose.
  expect(await page.locator("body").innerText()).not.toMatch(/Test desk|Govah|گواه|گزارش/i)
  await unlock(page)
  await reachHome(page)
  await page.getByRole("button", { name: "همین حالا قفل کن" }).click()
  await page.getByRole("button", { name: MARK }).focus()
  await page.keyboard.down("Enter")
  await page.clock.runFor(1_000)
  await expectWiped(page)
  expect(passphraseOf(page)).not.toBe("")
})

test("three times Escape wipe; two, slow ones and one that is held down do not", async () => {
  const page = await joined()
  await page.keyboard.press("Escape")
  await page.keyboard.press("Escape")
  await page.keyboard.press("a")
  await page.keyboard.press("Escape")
  await page.keyboard.down("Escape")
  for (let times = 0; times < 5; times++) await page.keyboard.down("Escape")
  await page.keyboard.up("Escape")
  await page.keyboard.press("Tab")
  await reachHome(page)
  for (let times = 0; times < 3; times++) await page.keyboard.press("Escape")
  await expectWiped(page)
})

test("two taps in More wipe, and tapping twice on one place does not", async () => {
  const page = await joined()
  await page.getByRole("button", { name: "بیشتر" }).click()
  await page.getByText("پاک کردن همه چیز", { exact: true }).click()
  await page.getByRole("button", { name: "همه چیز را پاک کن" }).dblclick()
  await page.getByRole("button", { name: "همه چیز را پاک کن" }).click()
  await page.getByRole("button", { name: "نه، همه چیز بماند" }).click()
  expect(await page.getByRole("button", { name: "همین حالا پاک کن" }).count()).toBe(0)
  await page.getByRole("button", { name: "همه چیز را پاک کن" }).click()
  await page.getByRole("button", { name: "همین حالا پاک کن" }).click()
  await expectWiped(page)
})
