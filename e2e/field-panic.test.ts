import type { Page } from "playwright-core"
import { afterAll, beforeAll, test } from "vitest"
import { reachHome } from "./field-page-hands.ts"
import { expectWiped, joined, MARK } from "./field-panic-hands.ts"
import { openSite, setSeen, type Site } from "./field-shell-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(async () => {
  await site?.close()
})

async function centre(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.getByRole("button", { name: MARK }).boundingBox()
  if (box === null) throw new Error("there is no mark")
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

test("the mark wipes when it is held for a second, and by nothing less", async () => {
  const page = await joined(site)
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

test("three times Escape wipe; two, slow ones and one that is held down do not", async () => {
  const page = await joined(site)
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
