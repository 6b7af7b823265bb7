import type { BrowserContext, Page } from "playwright-core"

const NAMES = {
  fa: {
    invitation: "دعوت‌نامه",
    read: "دعوت‌نامه را بخوان",
    join: "بله، می‌پیوندم",
    learnt: "به خاطر سپردم",
    four: "چهار واژه",
    set: "با همین قفل کن",
    passphrase: "رمز، چهار واژه",
    open: "باز کن",
    home: "چه چیزی را ثبت می‌کنید؟",
    words: "نوشته",
    what: "چه شد؟",
    back: "برگشت",
    roads: "بدون اینترنت",
  },
  en: {
    invitation: "Invitation",
    read: "Read the invitation",
    join: "Yes, join",
    learnt: "I know them",
    four: "Four words",
    set: "Lock with these",
    passphrase: "Passphrase, four words",
    open: "Open",
    home: "What do you want to record?",
    words: "Words",
    what: "What happened?",
    back: "Back",
    roads: "Without a network",
  },
} as const
export type Tongue = keyof typeof NAMES

/** What stands on the way from an invitation to home. */
export function joinNames(tongue: Tongue): (typeof NAMES)[Tongue] {
  return NAMES[tongue]
}

/** The way of a person from an empty page to home. The page stands in its first language, Persian, unless said. */
export async function joinDesk(page: Page, invitation: string, tongue: Tongue = "fa"): Promise<void> {
  const names = NAMES[tongue]
  await page.getByLabel(names.invitation, { exact: true }).fill(invitation)
  await page.getByRole("button", { name: names.read }).click()
  await accept(page, tongue)
}

/** Says yes to an invitation that was read, and learns the passphrase. */
export async function accept(page: Page, tongue: Tongue = "fa"): Promise<void> {
  await page.getByRole("button", { name: NAMES[tongue].join }).click()
  await setFirstPassphrase(page, tongue)
  await reachHome(page, tongue)
}

const passphrases = new WeakMap<BrowserContext, string>()

/** Takes the passphrase that is proposed. @returns it, as it was shown. */
export async function setFirstPassphrase(page: Page, tongue: Tongue = "fa"): Promise<string> {
  const names = NAMES[tongue]
  await page.getByRole("button", { name: names.learnt }).click({ trial: true })
  const passphrase = (await page.locator(".passphrase li").allTextContents()).join(" ")
  passphrases.set(page.context(), passphrase)
  await page.getByRole("button", { name: names.learnt }).click()
  await page.getByLabel(names.four, { exact: true }).fill(passphrase)
  await page.getByRole("button", { name: names.set }).click()
  return passphrase
}

/** The passphrase that was taken in this browser. */
export function passphraseOf(page: Page): string {
  return passphrases.get(page.context()) ?? ""
}

/** Every start but the first. */
export async function unlock(page: Page, tongue: Tongue = "fa"): Promise<void> {
  const names = NAMES[tongue]
  await page.getByLabel(names.passphrase, { exact: true }).fill(passphraseOf(page))
  await page.getByRole("button", { name: names.open, exact: true }).click()
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

/** At home: unfolds the roads that need no network, where they are not unfolded already. */
export async function openRoads(page: Page, tongue: Tongue = "fa"): Promise<void> {
  const fold = page.locator("details", { hasText: NAMES[tongue].roads })
  await fold.waitFor()
  if ((await fold.getAttribute("open")) === null) await fold.locator("summary").click()
}
