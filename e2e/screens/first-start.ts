import { expect } from "vitest"
import { beginWords, goHome, joinNames } from "../field-page-hands.ts"
import { setSeen, type Site } from "../field-shell-support.ts"
import { type Look, plainDesk, setOut } from "./look.ts"

const NAMES = {
  fa: {
    more: "بیشتر",
    keep: "مُهر کن و نگه دار",
    lock: "همین حالا قفل کن",
    open: "باز کن",
    words: "امروز ظهر جلوی دانشگاه حدود صد نفر بودند.",
  },
  en: {
    more: "More",
    keep: "Seal and keep",
    lock: "Lock now",
    open: "Open",
    words: "At noon about a hundred people stood in front of the university.",
  },
} as const
const COVERS = {
  fa: { notes: "یادداشت‌هایی", calculator: "ماشین حساب", calendar: "تقویمی", look: "قفل کن و پوشش" },
  en: { notes: "Notes to", calculator: "A calculator", calendar: "A calendar", look: "Lock, and show" },
} as const

/** From the first start to a report that is kept, to More, the lock and the covers. */
export async function walkFirstStart(site: Site, look: Look): Promise<void> {
  const { page, see, complaints } = await setOut(site, look)
  const names = NAMES[look.tongue]
  const join = joinNames(look.tongue)
  await page.getByLabel(join.invitation, { exact: true }).waitFor()
  await see("first start")
  await page.getByRole("button", { name: join.read }).click()
  await page.getByRole("alert").waitFor()
  await see("refused invitation")
  await page.getByLabel(join.invitation, { exact: true }).fill(await (await plainDesk(look.tongue)).invite())
  await page.getByRole("button", { name: join.read }).click()
  await page.getByRole("button", { name: join.join }).waitFor()
  await see("invitation")
  await page.getByRole("button", { name: join.join }).click()
  await page.locator(".passphrase li").nth(3).waitFor()
  await page.getByRole("button", { name: join.learnt }).click({ trial: true })
  await see("passphrase")
  const passphrase = (await page.locator(".passphrase li").allTextContents()).join(" ")
  await page.getByRole("button", { name: join.learnt }).click()
  await see("passphrase typed")
  await page.getByLabel(join.four, { exact: true }).fill(passphrase)
  await page.getByRole("button", { name: join.set }).click()
  await page.locator(".starts").waitFor()
  await see("home")
  await beginWords(page, look.tongue)
  await page.locator("textarea").first().fill(names.words)
  for (const question of await page.locator("summary:visible").all()) await question.click()
  await see("report")
  await goHome(page, look.tongue)
  await see("home with a report begun")
  await page.locator(".begun button").first().click()
  await page.getByRole("button", { name: names.keep }).click()
  await page.locator(".delivery h1").waitFor()
  await see("kept")
  await goHome(page, look.tongue)
  await page.locator(".parcel").first().waitFor()
  await see("home with something kept")
  await page.getByRole("button", { name: names.more, exact: true }).click()
  await page.locator("#more").waitFor()
  await see("more")
  for (const setting of await page.locator(".setting > summary").all()) await setting.click()
  await see("more unfolded")
  await setSeen(page, false)
  await setSeen(page, true)
  await page.locator(".blank button").waitFor()
  await see("blank")
  await page.locator(".blank button").click()
  const covers = COVERS[look.tongue]
  await page.getByRole("button", { name: names.lock }).click()
  await page.locator("#passphrase").waitFor()
  await see("locked")
  await page.locator("#passphrase").fill("wrong")
  await page.getByRole("button", { name: names.open, exact: true }).click()
  await page.getByRole("alert").waitFor()
  await see("wrong passphrase")
  for (const cover of ["notes", "calculator", "calendar"] as const) {
    await page.locator("#passphrase").fill(passphrase)
    await page.getByRole("button", { name: names.open, exact: true }).click()
    await page.getByRole("button", { name: names.more, exact: true }).click()
    await page.locator(".setting:has([name=cover]) > summary").click()
    await page.getByRole("radio", { name: covers[cover] }).check()
    await page.locator(".way").first().waitFor()
    if (cover === "notes") await see("cover chosen")
    await page.getByRole("button", { name: covers.look }).click()
    await page.locator(".cover").waitFor()
    await see(`cover ${cover}`)
    const main = page.locator(".equals, .notes .main, .turner .second").first()
    for (let times = 0; times < 5; times++) await main.click()
    await page.locator("#passphrase").waitFor()
  }
  expect(complaints()).toEqual([])
}
