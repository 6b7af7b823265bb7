import type { Page } from "playwright-core"

/** From home or More: unfolds one setting. */
async function openSetting(page: Page, heading: string): Promise<void> {
  if ((await page.getByRole("heading", { name: "بیشتر", exact: true }).count()) === 0)
    await page.getByRole("button", { name: "بیشتر", exact: true }).click()
  await page.getByText(heading, { exact: true }).click()
}

/** Learns the four words that are proposed, in the setting that is open, and types them. @returns them. */
async function learn(page: Page, take: string): Promise<string> {
  const learnt = page.getByRole("button", { name: "به خاطر سپردم" })
  await learnt.click({ trial: true })
  const words = (await page.locator(".passphrase li").allTextContents()).join(" ")
  await learnt.click()
  await page.getByLabel("چهار واژه", { exact: true }).fill(words)
  await page.getByRole("button", { name: take }).click()
  return words
}

/** From home: another passphrase instead of this one. @returns it. It may not have been taken: the page says. */
export async function changeByPage(page: Page, passphrase: string): Promise<string> {
  await openSetting(page, "عوض کردن رمز")
  await page.getByRole("button", { name: "چهار واژه‌ی تازه" }).click()
  await page.getByLabel("رمزی که حالا دارید").fill(passphrase)
  return await learn(page, "از این پس همین‌ها")
}

/** From home: a second passphrase. @returns it. */
export async function duressByPage(page: Page, passphrase: string): Promise<string> {
  await openSetting(page, "رمز دوم، برای وقتی که مجبورتان کنند")
  await page.getByRole("button", { name: "رمز دوم بگذار" }).click()
  await page.getByLabel("رمز اول شما").fill(passphrase)
  const words = await learn(page, "همین‌ها رمز دوم باشد")
  await page.getByText("انجام شد.").waitFor()
  return words
}
