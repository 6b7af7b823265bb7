import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { beforeAll, expect, test } from "vitest"
import { save, said, tabTo, typeInto } from "./desk-page-hands.ts"
import { buildPage, openPage, SAMPLES, samplePhoto, serveDesk } from "./desk-page-support.ts"
import { TEN_KILLED, workOn } from "./desk-page-work.ts"
import { sharedBrowser } from "./page-browser.ts"

let browser: Browser

beforeAll(async () => {
  await buildPage()
  browser = await sharedBrowser()
})

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
  await page.getByRole("button", { name: "Cover 1:" }).waitFor()
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
