import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { concatBytes } from "@govah/core/bytes"
import { readFeedProof } from "@govah/core/feed"
import { sealReply, startChain } from "@govah/core/reply"
import { unveil } from "@govah/core/veil"
import { nodePrimitives as p } from "@govah/node"
import { afterAll, beforeAll, expect, test } from "vitest"
import { beginWords, goHome, joinDesk, openRoads, reachHome, unlock } from "./field-page-hands.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

test("an answer is brought before the eyes, and stays until it is put away; two words that contradict each other are kept as proof", async () => {
  const relay = await startRelay(join(await freshFolder(), "relay.db"))
  const desk = await makeDesk([relay.url])
  const { page, complaints } = await visit(site)
  await joinDesk(page, await desk.invite())
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill("چند کلمه")
  await page.getByRole("button", { name: "مُهر کن و نگه دار" }).click()
  await page.getByText("می‌توانید صفحه را ببندید.").waitFor()
  const [opened] = await desk.pull(relay)
  const answer = await sealReply(startChain(opened?.reply as Uint8Array), "آن‌جا نمانید.", p)
  const bucket = concatBytes(answer, p.random(3 * answer.length))
  await desk.publish(relay, 1, [], null, { buckets: [bucket] })
  await goHome(page)
  const ask = page.getByRole("button", { name: "رسید آمده؟" })
  await ask.scrollIntoViewIfNeeded()
  await ask.click()
  const shown = page.getByText("آن‌جا نمانید.")
  await shown.waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("پاسخ گروه به شما")
  const box = await shown.boundingBox()
  expect([(box?.y ?? -1) >= 0, (box?.y ?? 740) < 740]).toEqual([true, true])
  // A tab that is closed in this instant loses nothing: it stays until it is put away, and is nowhere then.
  await page.reload()
  await unlock(page)
  await shown.waitFor()
  await page.getByRole("button", { name: "خواندم" }).click()
  await shown.waitFor({ state: "detached" })
  await page.reload()
  await unlock(page)
  await reachHome(page)
  await page.getByText("آخرین خبر از گروه: امروز").waitFor()
  expect(await shown.count()).toBe(0)

  // A second number 1, which somebody brings: refused, and both are kept, saved, and judged elsewhere.
  const elsewhere = await startRelay(join(await freshFolder(), "relay.db"))
  const { whole } = await desk.publish(elsewhere, 1, [], null)
  await openRoads(page)
  const choosing = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "فایلی را که آورده‌اند باز کن" }).click()
  await (await choosing).setFiles({ name: "news.bin", mimeType: "", buffer: Buffer.from(whole) })
  await page.getByText("که با هم نمی‌خوانند").waitFor()
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "هر دو را در فایلی" }).click(),
  ])
  const bytes = new Uint8Array(await readFile(await saved.path()))
  expect(Buffer.from(bytes).includes(desk.card.key)).toBe(false)
  const proof = await readFeedProof((await unveil(bytes, p)) as Uint8Array, p)
  expect([proof.heads.length, proof.contradictions.length]).toEqual([2, 1])
  await page.getByRole("button", { name: "رساندم" }).click()
  await page.getByText("که با هم نمی‌خوانند").waitFor({ state: "detached" })
  expect(complaints.filter((line) => !line.includes("404"))).toEqual([])
})
