import { readFile } from "node:fs/promises"
import { once } from "node:events"
import { createServer } from "node:http"
import { createRequire } from "node:module"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import type { Report } from "@govah/core/report"
import type { MemberAct } from "@govah/desk"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import {
  buildPage,
  launchBrowser,
  openPage,
  SAMPLES,
  samplePhoto,
  type ServedDesk,
  serveDesk,
} from "./desk-page-support.ts"
import { admittedRelay, inviteSender, post } from "./desk-support.ts"

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
let browser: Browser

beforeAll(async () => {
  await buildPage()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
})

const TEN_KILLED: Report["claims"][number] = {
  measure: "killed",
  low: 10,
  high: null,
  bound: "at-least",
  group: "protester",
  scope: "سوخت‌بران نزدیک گمرک",
  source: { name: "سازمان نمونه", kind: "ngo", carriedBy: null, url: null, saidOn: "2021-03-02" },
}

// What has the focus, as a screen reader would begin to name it: its group, then its own label.
async function focusName(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null
    const group = element?.closest("fieldset")?.querySelector(":scope > legend")?.textContent ?? ""
    const own =
      element?.closest("label")?.querySelector("span")?.textContent ??
      element?.getAttribute("aria-label") ??
      element?.textContent
    return `${group} / ${own}`
  })
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    if ((await focusName(page)) === name) return
    await page.keyboard.press("Tab")
  }
  throw new Error(`no Tab leads to ${name}`)
}

async function typeInto(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press("ControlOrMeta+a")
  await page.keyboard.insertText(text)
}

async function said(page: Page, text: string): Promise<void> {
  await page.locator("output", { hasText: text }).waitFor()
}

// Mean of red, green and blue of one pixel, at parts of width and height.
async function greyAt(page: Page, jpeg: Uint8Array, x: number, y: number): Promise<number> {
  return await page.evaluate(
    async ([base64, x, y]) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }))
      const context = new OffscreenCanvas(1, 1).getContext("2d")!
      context.drawImage(bitmap, -Math.floor(x * bitmap.width), -Math.floor(y * bitmap.height))
      const [red, green, blue] = context.getImageData(0, 0, 1, 1).data
      return (red! + green! + blue!) / 3
    },
    [Buffer.from(jpeg).toString("base64"), x, y] as const,
  )
}

async function save(page: Page, done: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+Enter")
  await page.locator(".form").waitFor({ state: "detached" })
  await said(page, done)
}

test("with the keyboard alone: read, grade, make an event, a claim and a picture, publish, build", async () => {
  const served = await serveDesk()
  const photo = await samplePhoto()
  const root = await served.send({ claims: [TEN_KILLED] }, [photo])
  const { page, complaints, elsewhere } = await openPage(browser, served, { language: "en" })
  const { desk } = served
  const { keyboard } = page

  await keyboard.press("j")
  await page.locator("blockquote", { hasText: "نزدیک گمرک تیراندازی شد. دست‌کم ده نفر افتادند." }).waitFor()
  await page.locator(".media img").waitFor()
  await page.waitForFunction(
    () => (document.querySelector(".media img") as HTMLImageElement).naturalWidth > 0,
  )
  await page.getByText("Bit for bit as the witness sealed it").waitFor()
  await keyboard.press("Enter")
  await page.waitForFunction(() => document.activeElement?.id === "item-title")

  // As a Persian keyboard sends it: the key's place counts, not its letter.
  await page.evaluate(() => {
    for (const [key, code] of [
      ["ذ", "KeyB"],
      ["۲", "Digit2"],
    ])
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: key!, code: code!, bubbles: true }))
  })
  await said(page, "Graded B2")
  await keyboard.type("c3")
  await said(page, "Graded C3")
  await keyboard.press("u")
  await said(page, "Set back as it was")
  expect(desk.state().reportsByRoot.get(root)?.grade).toEqual({ reliability: "B", credibility: 2 })
  // Nothing is deleted: all three are there.
  expect((await desk.show(root)).custody.filter((step) => step.what === "graded")).toHaveLength(3)

  await keyboard.press("p")
  await typeInto(page, "Name / English", "Saravan")
  await save(page, "Saved.")
  await keyboard.press("t")
  await typeInto(page, "From / Year", "2021")
  await save(page, "Saved.")
  await page.getByText("about 22 February 2021 (4 Esfand 1399)").first().waitFor()

  await keyboard.press("v")
  await typeInto(page, "Title / Persian", "تیراندازی در سراوان")
  await typeInto(page, "Title / English", "Shooting in Saravan")
  await save(page, "Saved.")

  await keyboard.press("n")
  await typeInto(page, "What exactly is counted / English", "fuel porters near the customs post")
  await typeInto(page, "What was said / English", "At least ten were killed")
  await typeInto(page, "Who says so / English", "Example Organisation")
  await save(page, "Saved.")
  expect(desk.state().claimsById.get("C1")).toMatchObject({
    event: "E1",
    supports: [root],
    measure: "killed",
    low: 10,
    high: null,
    bound: "at-least",
    claimant: { name: { fa: "سازمان نمونه", en: "Example Organisation" }, kind: "ngo" },
    asOf: "2021-03-02",
    grade: { reliability: "B", credibility: 2 },
  })

  await keyboard.press("m")
  await tabTo(page, " / Add a cover")
  await keyboard.press("Space")
  await typeInto(page, "Caption / Persian", "شعار روی دیوار")
  await typeInto(page, "Caption / English", "A slogan on a wall")
  for (let check = 0; check < 4; check++) {
    await keyboard.press("Tab")
    await keyboard.press("Space")
  }
  await save(page, "The public copy is made.")

  await keyboard.type("ge")
  await page.getByText("Everything is in place.").waitFor()
  await page.locator(".preview[lang=fa]", { hasText: "دست‌کم ۱۰ (سازمان نمونه)" }).waitFor()
  await page.locator(".preview[lang=en]", { hasText: "at least 10 (Example Organisation)" }).waitFor()
  await keyboard.press("p")
  const question = page.getByRole("dialog", { name: "This becomes public" })
  await question.getByText("Title: Shooting in Saravan").waitFor()
  // The safe answer has the focus.
  await keyboard.press("Enter")
  await question.waitFor({ state: "detached" })
  expect(desk.publicationSet().publications).toEqual([])
  await keyboard.press("p")
  await tabTo(page, " / Publish now")
  await keyboard.press("Enter")
  await said(page, "Published: revision 1.")
  await keyboard.press("b")
  await said(page, "The archive is built in the/archive")

  const { publications, pictures } = desk.publicationSet()
  expect(publications).toMatchObject([
    {
      type: "event",
      id: "E1",
      claims: [{ id: "C1" }],
      pictures: [{ caption: { en: "A slogan on a wall" } }],
    },
  ])
  const [picture] = [...pictures.values()]
  // What was covered is covered in the pixels, and only there.
  expect(await greyAt(page, picture!, 0.5, 0.5)).toBeLessThan(12)
  expect(await greyAt(page, photo.bytes, 0.5, 0.5)).toBeGreaterThan(40)
  expect(await greyAt(page, picture!, 0.1, 0.1)).toBeGreaterThan(40)
  expect(Buffer.from(photo.bytes).includes("Exif")).toBe(true)
  expect(Buffer.from(picture!).includes("Exif")).toBe(false)
  expect(served.built()).toBe(1)
  expect(complaints).toEqual([])
  expect(elsewhere).toEqual([])
})

test("a frame of a video becomes a still, and nothing is public before the checklist says so", async () => {
  const served = await serveDesk()
  const video = new Uint8Array(await readFile(join(SAMPLES, "A08-rasht-slogan.webm")))
  await served.send({ type: "action", action: { kind: "slogan", campaign: null }, text: "نوشتیم" }, [
    { type: "video/webm", bytes: video },
  ])
  const { page, complaints } = await openPage(browser, served, { language: "en" })
  await page.keyboard.press("j")
  await page.waitForFunction(() => (document.querySelector("video")?.readyState ?? 0) >= 2)
  await page.keyboard.press("w")
  await typeInto(page, "Words on it, or what was called / English", "We wrote it")
  await typeInto(page, "Name / English", "Rasht")
  await save(page, "Saved.")
  await page.keyboard.type("ga")
  await page.getByRole("heading", { name: "Written slogan A1" }).waitFor()
  await page.locator(".checklist .missing", { hasText: "Every report behind it is graded" }).waitFor()
  await page.keyboard.press("p")
  expect(await page.locator("dialog").count()).toBe(0)

  await page.keyboard.type("gi")
  await page.waitForFunction(() => (document.querySelector("video")?.readyState ?? 0) >= 2)
  await page.getByRole("button", { name: "One frame on" }).click()
  await page.getByRole("button", { name: "Use this frame as still" }).click()
  await page.waitForFunction(
    () => (document.querySelector(".covers img") as HTMLImageElement | null)?.naturalWidth,
  )
  await page.locator(".form").getByLabel("Persian").last().fill("دیوار")
  await page.locator(".form").getByLabel("English").last().fill("The wall")
  const make = page.getByRole("button", { name: "Make the public copy" })
  expect(await make.getAttribute("aria-disabled")).toBe("true")
  for (const check of await page.locator(".review input").all()) await check.check()
  await make.click()
  await said(page, "The public copy is made.")
  expect([...served.desk.state().picturesBySha256.values()]).toMatchObject([
    { source: "still", subject: "A1", reviewed: true },
  ])
  expect(complaints).toEqual([])
})

test("a story cites what it rests on, and waits until that is public", async () => {
  const served = await serveDesk()
  const root = await served.send({})
  await workOn(served, root)
  const { page } = await openPage(browser, served, { language: "en" })
  await page.keyboard.type("gs")
  await page.keyboard.press("n")
  await typeInto(page, "Title / Persian", "آن روز در سراوان")
  await typeInto(page, "Title / English", "That day in Saravan")
  await page.locator(".date").first().getByLabel("Day").selectOption("22")
  await page.locator(".date").first().getByLabel("Month").selectOption({ label: "February" })
  await typeInto(page, "From / Year", "2021")
  await typeInto(page, "Paragraph 1 / Persian", "دست‌کم ده نفر کشته شدند.")
  await typeInto(page, "Paragraph 1 / English", "At least ten people were killed.")
  await tabTo(page, " / Rests on ")
  await page.keyboard.press("Enter")
  await page.getByLabel("C1 · killed").check()
  await save(page, "Saved.")
  await page.getByRole("heading", { name: "That day in Saravan S1" }).waitFor()
  expect(served.desk.state().storiesById.get("S1")).toMatchObject({
    period: { from: "2021-02-22", to: null, about: false },
    paragraphs: [{ text: { en: "At least ten people were killed." }, cites: ["C1"] }],
  })
  await page.getByText("Everything is in place.").waitFor()
  await page.locator(".preview[lang=en]", { hasText: "[C1]" }).waitFor()
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

test("an unknown unit, a bad signature and lost pieces are shown as such, in words", async () => {
  const served = await serveDesk()
  await served.send({ text: "بیگانه" }, [], { stranger: true })
  await served.send({ text: "دست‌خورده" }, [], { badSignature: true })
  await served.send({ text: "ناتمام" }, [await samplePhoto()], { leaveOut: 3 })
  const { page } = await openPage(browser, served)
  const list = page.locator(".rows")
  await list.getByText("واحد ناشناس").waitFor()
  await list.getByText("امضای نادرست").waitFor()
  await list.getByText("۳ تکه مانده").waitFor()
  await page.getByLabel("نیازمند احتیاط").check()
  expect(await page.locator(".row").count()).toBe(2)
  await page.keyboard.press("/")
  await page.getByLabel("همه", { exact: false }).first().check()
  await page.keyboard.press("/")
  await page.waitForFunction(() => document.activeElement?.id === "search")
  // Written with Arabic letters, found all the same.
  await page.keyboard.insertText("بيگانه")
  expect(await page.locator(".row").count()).toBe(1)
  await page.keyboard.press("Escape")
  await page.keyboard.press("j")
  await page.locator(".mark.unknown").waitFor()
})

const SCREENS: Readonly<Record<string, (page: Page, root: string) => Promise<void>>> = {
  report: async (page, root) => {
    await page.locator(`[data-root="${root}"]`).click()
    await page.locator(".media img").waitFor()
  },
  claim: async (page) => {
    await page.keyboard.press("n")
    await page.locator(".form").waitFor()
  },
  picture: async (page) => {
    await page.locator(".form-foot button").first().click()
    await page.keyboard.press("m")
    await page.locator(".covers img").waitFor()
    await page.locator(".covers + .buttons button").first().click()
  },
  event: async (page) => {
    await page.locator(".form-foot button").first().click()
    await page.locator("dialog button.danger").click()
    await page.keyboard.type("ge")
    await page.keyboard.press("j")
    await page.locator(".checklist li").first().waitFor()
  },
  story: async (page) => {
    await page.keyboard.type("gs")
    await page.keyboard.press("n")
    await page.locator(".paragraph").waitFor()
  },
  keys: async (page) => {
    await page.locator(".form-foot button").first().click()
    await page.keyboard.press("?")
    await page.locator("dialog[open]").waitFor()
  },
}

test.for([
  ["fa", "light", 1280],
  ["fa", "dark", 1280],
  ["en", "light", 1280],
  ["en", "dark", 1280],
  ["fa", "light", 390],
] as const)("nothing stands in the way of anybody: %s, %s, %i wide", async ([language, scheme, width]) => {
  const served = await serveDesk()
  const root = await served.send({ claims: [TEN_KILLED] }, [await samplePhoto()])
  await served.send({ text: "بیگانه" }, [], { stranger: true, leaveOut: 0 })
  await workOn(served, root)
  const { page } = await openPage(browser, served, { language, scheme, width })
  for (const [name, reach] of Object.entries(SCREENS)) {
    if (width < 600 && name !== "report") break
    await reach(page, root).catch((cause: unknown) => {
      throw new Error(`screen ${name}`, { cause })
    })
    expect(await violations(page), `${name} ${language} ${scheme}`).toEqual([])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(wide, `${name} scrolls sideways`).toBe(false)
  }
})

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const { violations: found } = await axe.run()
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 150)).join(" | ")}`)
  })
}

async function workOn({ desk }: ServedDesk, root: string): Promise<void> {
  const both = (fa: string, en: string): { fa: string; en: string } => ({ fa, en })
  const place = { name: both("سراوان", "Saravan"), province: null, precision: "county" } as const
  const period = { from: "2021-02-22", to: "2021-02-24", about: true }
  await desk.act({ kind: "graded", root, grade: { reliability: "B", credibility: 2 } })
  await desk.act({ kind: "noted", root, words: "با منبع دیگر سنجیده شد" })
  await desk.act({
    kind: "event-set",
    id: "E1",
    title: both("تیراندازی", "Shooting"),
    period,
    place,
    note: null,
  })
  const claim: Omit<
    Extract<MemberAct, { kind: "claim-set" }>,
    "id" | "low" | "high" | "bound" | "said" | "claimant" | "asOf" | "grade"
  > = {
    kind: "claim-set",
    event: "E1",
    supports: [root],
    measure: "killed",
    group: "protester",
    series: "E1-killed",
    scope: both("سوخت‌بران", "fuel porters"),
    carriedBy: null,
    url: null,
  }
  await desk.act({
    ...claim,
    id: "C1",
    low: 10,
    high: null,
    bound: "at-least",
    said: both("دست‌کم ده کشته", "at least ten killed"),
    claimant: { name: both("سازمان نمونه", "Example Organisation"), kind: "ngo" },
    asOf: "2021-03-02",
    grade: { reliability: "B", credibility: 2 },
  })
  await desk.act({
    ...claim,
    id: "C2",
    low: 3,
    high: 3,
    bound: "exactly",
    said: both("سه کشته", "three killed"),
    claimant: { name: both("فرمانداری", "Governor's office"), kind: "official" },
    asOf: "2021-02",
    grade: { reliability: "E", credibility: 5 },
  })
}
