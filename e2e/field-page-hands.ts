import type { Page } from "playwright-core"

const NAMES = {
  fa: {
    invitation: "دعوت‌نامه",
    read: "دعوت‌نامه را بخوان",
    join: "بله، می‌پیوندم",
    home: "چه چیزی را ثبت می‌کنید؟",
    words: "نوشته",
    what: "چه شد؟",
    back: "برگشت",
  },
  en: {
    invitation: "Invitation",
    read: "Read the invitation",
    join: "Yes, join",
    home: "What do you want to record?",
    words: "Words",
    what: "What happened?",
    back: "Back",
  },
} as const
export type Tongue = keyof typeof NAMES

/** The way of a person from an empty page to home. The page stands in its first language, Persian, unless said. */
export async function joinDesk(page: Page, invitation: string, tongue: Tongue = "fa"): Promise<void> {
  const names = NAMES[tongue]
  await page.getByLabel(names.invitation, { exact: true }).fill(invitation)
  await page.getByRole("button", { name: names.read }).click()
  await page.getByRole("button", { name: names.join }).click()
  await reachHome(page, tongue)
}

/** Waits until home stands there. */
export async function reachHome(page: Page, tongue: Tongue = "fa"): Promise<void> {
  await page.getByRole("heading", { name: NAMES[tongue].home }).waitFor()
}

/** From home to an empty report. */
export async function beginWords(page: Page, tongue: Tongue = "fa"): Promise<void> {
  await page.getByRole("button", { name: NAMES[tongue].words, exact: true }).click()
  await page.getByRole("heading", { name: NAMES[tongue].what }).waitFor()
}

/** From any other page to home. */
export async function goHome(page: Page, tongue: Tongue = "fa"): Promise<void> {
  await page.getByRole("button", { name: NAMES[tongue].back, exact: true }).click()
  await reachHome(page, tongue)
}
