import { join } from "node:path"
import { encodeBulletin, encodeCall } from "@govah/core/bulletin"
import { concatBytes } from "@govah/core/bytes"
import { sealReply, startChain } from "@govah/core/reply"
import { nodePrimitives as p } from "@govah/node"
import { expect } from "vitest"
import { beginWords, goHome, joinDesk, openRoads } from "../field-page-hands.ts"
import type { Site } from "../field-shell-support.ts"
import { freshFolder, startRelay } from "../field-support.ts"
import { poster } from "../poster.ts"
import { type Look, plainDesk, setOut, unfoldAll } from "./look.ts"

const DAY = "2026-03-01"
const SAID = {
  fa: {
    warning: "از دیروز پاسخ‌هایش درست نیست. از راه دیگری بفرستید.",
    title: "راه‌ها",
    news: "راه شمال از امشب بسته است. اگر می‌توانید از راه قدیم بروید.",
    call: "چراغی پشت پنجره",
    what: "ساعت هشت شب، هر کس پشت پنجره‌ی خودش. عکس نگیرید.",
    place: "زاهدان",
    answer: "رسید. اگر هنوز آن‌جا هستید نمانید. وقتی جای امنی بودید بنویسید کدام خیابان بود.",
  },
  en: {
    warning: "Since yesterday its answers are not right. Send by another road.",
    title: "Roads",
    news: "The road north is shut from tonight. Take the old road if you can.",
    call: "A light behind the window",
    what: "At eight in the evening, everybody behind their own window. Take no pictures.",
    place: "Zahedan",
    answer:
      "It has arrived. If you are still there, do not stay. When you are safe, write which street it was.",
  },
} as const

/** What comes from the desk: warnings, news, calls with a picture, an answer, and words that contradict each other. */
export async function walkSaid(site: Site, look: Look): Promise<void> {
  const { page, see, complaints } = await setOut(site, look)
  const { tongue } = look
  const said = SAID[tongue]
  const relay = await startRelay(join(await freshFolder(), "relay.db"))
  const desk = await plainDesk(tongue, [relay.url])
  await joinDesk(page, await desk.invite(), tongue)
  await beginWords(page, tongue)
  await page.locator("#words").fill(said.title)
  await page.locator("button.keep").click()
  await expect.poll(async () => (await desk.pull(relay)).length).toBe(1)
  await page.locator(".delivery progress").waitFor({ state: "detached" })
  await see("sent")
  const [opened] = await desk.pull(relay)
  const answer = await sealReply(startChain(opened?.reply as Uint8Array), said.answer, p)
  const picture = await poster(page)
  const material = { type: "image/png" as const, bytes: picture.length }
  const call = { v: 1 as const, campaign: "Lights", action: "vigil" as const, language: tongue }
  const dated = { from: DAY, to: "2026-03-03", places: [said.place], title: said.call, words: said.what }
  await desk.publish(relay, 1, [opened?.arrived as Uint8Array], null, {
    warnings: [
      { kind: "relay", day: DAY, subject: "relay.example", words: said.warning },
      { kind: "program", day: DAY, subject: null, words: said.warning },
    ],
    bulletins: [encodeBulletin({ v: 1, day: DAY, language: tongue, title: said.title, words: said.news })],
    calls: [
      encodeCall({ call: { ...call, ...dated, material }, material: picture }),
      encodeCall({
        call: { ...call, ...dated, title: said.title, to: null, places: [], material },
        material: new Uint8Array(picture.length),
      }),
    ],
    buckets: [concatBytes(answer, p.random(3 * answer.length))],
  })
  await goHome(page, tongue)
  await page.locator(".kept > .row button").first().click()
  await page.locator(".from-desk h2").waitFor()
  await see("warnings and an answer")
  await unfoldAll(page)
  // The broken one is taken away as soon as it is known to be.
  await expect.poll(() => page.locator(".material figure").count()).toBe(1)
  await expect
    .poll(() => page.locator(".material canvas").evaluate((one) => one.clientHeight))
    .toBeGreaterThan(50)
  await see("news and calls")

  await beginWords(page, tongue)
  await unfoldAll(page)
  await page.locator("#action-kind").selectOption("vigil")
  await page.locator("#action-call").selectOption({ index: 1 })
  await see("action for a call")
  await goHome(page, tongue)

  const elsewhere = await startRelay(join(await freshFolder(), "relay.db"))
  const { whole } = await desk.publish(elsewhere, 1, [], null)
  await openRoads(page, tongue)
  const choosing = page.waitForEvent("filechooser")
  await page.locator(".kept details .row button").first().click()
  await (await choosing).setFiles({ name: "news.bin", mimeType: "", buffer: Buffer.from(whole) })
  const proof = page.locator(".from-desk .trouble .row")
  await proof.waitFor()
  await see("words that contradict each other")
  await Promise.all([page.waitForEvent("download"), proof.locator("button").first().click()])
  await proof.locator("button").nth(1).waitFor()
  await see("proof saved")
  expect(complaints()).toEqual([])
}
