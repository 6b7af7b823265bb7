import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import type { Browser, Page } from "playwright-core"
import { beforeAll, expect, onTestFinished, test } from "vitest"
import { said } from "./desk-page-hands.ts"
import { buildPage, openPage, samplePhoto, serveDesk } from "./desk-page-support.ts"
import { TEN_KILLED } from "./desk-page-work.ts"
import { admittedRelay, inviteSender, post } from "./desk-support.ts"
import { sharedBrowser } from "./page-browser.ts"

let browser: Browser

beforeAll(async () => {
  await buildPage()
  browser = await sharedBrowser()
})

test("a pull shows how far it is, brings what is new, and can be stopped", async () => {
  const served = await serveDesk()
  const { desk, home } = served
  await served.send({ text: "نخست" })
  const relay = await admittedRelay(home, "relay", desk)
  const sender = await inviteSender(desk)
  await post(relay, (await sender("از راه رله")).cells)
  const { page } = await openPage(browser, served)
  expect(await page.locator(".row").count()).toBe(1)
  await page.keyboard.press("r")
  await said(page, "۱ گزارش تازه")
  await page.locator(".row", { hasText: "از راه رله" }).waitFor()

  // A relay that takes calls and says nothing.
  const silent = createServer(() => {})
  silent.listen(0, "127.0.0.1")
  await once(silent, "listening")
  onTestFinished(() => {
    silent.closeAllConnections()
    silent.close()
  })
  const { port } = silent.address() as AddressInfo
  const asked = once(silent, "request")
  await desk.addRelay({ url: `http://127.0.0.1:${port}`, road: "lan", capability: "A".repeat(43) })
  await page.keyboard.press("r")
  await asked
  await page.getByRole("progressbar").waitFor()
  await page.getByRole("button", { name: "ایست" }).click()
  await said(page, "ایستاد. آنچه رسیده بود نگه داشته شد.")
  expect(await page.locator(".row").count()).toBe(2)

  await served.server.close()
  await page.keyboard.press("r")
  await said(page, "میز پاسخ نمی‌دهد")
})

const ATTACK = `<img src=x onerror="window.ran=1"><script>window.ran=1</script>"'><svg onload=window.ran=1>`

test("what a report says stays text, and what it carries never runs", async () => {
  const served = await serveDesk()
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>window.ran=1</script></svg>`
  const html = `<html><body><script>window.ran=1</script><img src="https://evil.test/seen"></body></html>`
  await served.send(
    {
      text: ATTACK,
      place: { name: ATTACK, province: ATTACK, precision: "town" },
      claims: [{ ...TEN_KILLED, scope: ATTACK, source: { ...TEN_KILLED.source!, name: ATTACK } }],
    },
    [
      { type: "image/svg+xml", bytes: encode(svg) },
      { type: "text/html", bytes: encode(html) },
      { type: "image/jpeg", bytes: encode(html) },
      { type: "video/mp4", bytes: encode(html) },
      { type: "application/xhtml+xml", bytes: encode(html) },
      { type: "application/pdf", bytes: encode("%PDF-1.7") },
    ],
  )
  const { page, complaints, elsewhere } = await openPage(browser, served, { language: "en" })
  await page.keyboard.press("j")
  await page.locator("blockquote").waitFor()
  expect(await page.locator("blockquote").textContent()).toBe(ATTACK)
  expect(await page.locator("h1 bdi").first().textContent()).toBe(ATTACK)
  const names = await page.locator(".media .buttons.start button").all()
  expect(names).toHaveLength(6)
  const shown: string[] = []
  for (const name of names) {
    await name.click()
    await page.locator(".not-shown").filter({ hasNotText: "Opening in memory" }).waitFor()
    shown.push((await page.locator(".not-shown").textContent()) ?? "")
  }
  expect(shown.map((text) => text.includes("not shown here") || text.includes("cannot show"))).toEqual(
    Array(6).fill(true),
  )
  await page.keyboard.press("n")
  expect(
    await page.locator("textarea").evaluateAll((all) => all.map((one) => (one as HTMLTextAreaElement).value)),
  ).toContain(ATTACK)
  expect(await page.evaluate(() => "ran" in window)).toBe(false)
  expect(elsewhere).toEqual([])
  expect(complaints.filter((line) => !line.includes("blob:"))).toEqual([])

  // The same bytes run where they are shown as what they say they are.
  const naive = await browser.newPage()
  onTestFinished(() => naive.close())
  await naive.setContent(html, { waitUntil: "commit" })
  await naive.waitForFunction(() => "ran" in window)
})

test("the page keeps nothing: no token, no title, no text, no storage; reloaded, it is locked", async () => {
  const served = await serveDesk()
  await served.send({ claims: [TEN_KILLED] }, [await samplePhoto()])
  const { page } = await openPage(browser, served)
  const { keyboard } = page
  expect(page.url()).toBe(`http://127.0.0.1:${served.server.port}/`)
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2)
  await keyboard.press("j")
  await page.locator(".media img").waitFor()
  const controls = new Set<string>()
  for (const key of ["n", "v", "w", "p", "t", "o", "m"]) {
    await keyboard.press(key)
    await page.locator(".form").waitFor()
    for (const found of await careless(page)) controls.add(`${key}: ${found}`)
    await page.locator(".form-foot button").first().click()
    await page.locator(".form").waitFor({ state: "detached" })
  }
  await keyboard.type("gs")
  await keyboard.press("n")
  for (const found of await careless(page)) controls.add(`story: ${found}`)
  expect([...controls]).toEqual([])
  // Positive control: the same search finds a careless control.
  await page.evaluate(() => document.body.append(document.createElement("textarea")))
  expect(await careless(page)).not.toEqual([])

  expect(await page.title()).toBe("Govah")
  expect(
    await page.evaluate(async () => [
      localStorage.length,
      sessionStorage.length,
      (await indexedDB.databases()).length,
      document.cookie,
      history.state,
    ]),
  ).toEqual([0, 0, 0, "", null])
  await page.reload()
  await page.getByRole("heading", { name: "این صفحه قفل است" }).waitFor()
})

async function careless(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const all = [
      ...document.querySelectorAll<HTMLElement>("input, textarea, select, [contenteditable], form"),
    ]
    return all
      .filter((one) => {
        if (one.tagName === "FORM" || one.isContentEditable) return true
        if (one.getAttribute("autocomplete") !== "off") return true
        const writes =
          one instanceof HTMLTextAreaElement ||
          (one instanceof HTMLInputElement && /text|search/.test(one.type))
        return (
          writes && (one.getAttribute("spellcheck") !== "false" || one.getAttribute("autocorrect") !== "off")
        )
      })
      .map((one) => one.outerHTML.slice(0, 120))
  })
}
