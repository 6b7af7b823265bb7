import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { expect, onTestFinished, test } from "vitest"
import { freshFolder } from "./field-support.ts"
import { PASSPHRASE, startGovah } from "./govah-process.ts"
import { sharedBrowser } from "./page-browser.ts"

test("an invitation shown by the page of one machine is read from photographs of its screen by another", async () => {
  const folder = await freshFolder()
  const govah = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await startGovah(args, folder).finished
    expect(err).toBe("")
    expect(code).toBe(0)
    return out.trim()
  }
  await writeFile(join(folder, "pass"), PASSPHRASE)
  await govah("desk", "init", "--name", "Desk", "--passphrase-file", "pass")
  const invitation = (await govah("desk", "invite", "--passphrase-file", "pass")).split("\n")[0] as string
  await writeFile(join(folder, "invitation.txt"), invitation)
  await govah("qr", "show", "invitation.txt", "--out", "shown.html")

  const browser = await sharedBrowser()
  const page = await browser.newPage({ viewport: { width: 800, height: 900 } })
  onTestFinished(() => page.context().close())
  const faults: string[] = []
  page.on("console", (message) => void (message.type() === "error" && faults.push(message.text())))
  page.on("pageerror", (error) => void faults.push(error.message))
  const asked: string[] = []
  page.on("request", (request) => void asked.push(request.url()))
  const address = pathToFileURL(join(folder, "shown.html")).href
  await page.goto(address)
  // Nothing moves before a person starts it.
  const count = page.locator("#count")
  const total = Number((await count.textContent())?.split("/")[1])
  const still = await count.textContent()
  await page.locator("#code").screenshot()
  expect(await count.textContent()).toBe(still)

  // Started and stopped for each photograph: how long one takes must not matter.
  const go = page.locator("#go")
  await mkdir(join(folder, "photographs"))
  const seen = new Set<string>()
  for (let i = 0; seen.size < total * 0.7; i++) {
    await go.press("Enter")
    await go.press("Enter")
    seen.add((await count.textContent()) as string)
    await writeFile(join(folder, "photographs", `${i}.png`), await page.locator("#code").screenshot())
  }
  // Left alone it goes on by itself.
  await go.press("Enter")
  const [stopped] = [...seen].slice(-1)
  await expect.poll(() => count.textContent()).not.toBe(stopped)
  expect(await govah("qr", "read", "photographs")).toContain(invitation)
  expect(faults).toEqual([])
  expect(asked).toEqual([address])
  // The policy is there and runs nothing but the page's own (positive control: an inline script is refused).
  await page.evaluate(() => {
    const script = document.createElement("script")
    script.textContent = "globalThis.ran = true"
    document.body.append(script)
  })
  expect(await page.evaluate(() => "ran" in globalThis)).toBe(false)
  expect(await readFile(join(folder, "shown.html"), "utf8")).toContain("default-src 'none'")
})
