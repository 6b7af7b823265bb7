import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { admittedRelay, freshDesk, freshHome } from "./desk-support.ts"
import { openSite, type Site, visit } from "./field-shell-support.ts"
import { beginWithWords, comeBack, readCard, sendWords } from "./witness-hands.ts"

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

const freshPhone = async (): Promise<Page> => (await visit(site)).page

test("a witness reports, comes back on another phone with card and words, reads the answer and says more; other words find nothing", async () => {
  const home = await freshHome()
  const desk = await freshDesk(home)
  await admittedRelay(home, "relay", desk)
  const first = await freshPhone()
  await readCard(first, desk)
  const words = await beginWithWords(first)
  await sendWords(first, "نخستین")

  await desk.pull()
  const [row] = await desk.list()
  expect(row).toMatchObject({ unitStanding: "anonymous", signature: "good", open: "whole" })
  await desk.reply(row!.root, "کجا بود؟")
  await desk.makeFeed()
  await desk.publishFeed()

  // A second phone, with nothing but the public card and the words, typed with the letters of an Arabic keyboard.
  const second = await freshPhone()
  await comeBack(second, desk, words.join(" ").replaceAll("ی", "ي").replaceAll("ک", "ك"))
  await second.getByText("۱ گزارش شما رسیده است").waitFor()
  await second.getByText("کجا بود؟").waitFor()
  await sendWords(second, "دومین")
  await desk.pull()
  const rows = await desk.list()
  expect(new Set(rows.map(({ said }) => said?.words))).toEqual(new Set(["دومین", "نخستین"]))
  expect(new Set(rows.map(({ unit }) => unit)).size).toBe(1)

  // One word is another: found nothing, and said so.
  const third = await freshPhone()
  const wrong = [words[1], words[0], ...words.slice(2)] as readonly string[]
  await comeBack(
    third,
    desk,
    words[0] === words[1] ? [...wrong.slice(1), wrong[2]].join(" ") : wrong.join(" "),
  )
  await third.getByText("زیر این واژه‌ها چیزی پیدا نشد").waitFor()
  expect(await third.getByText("کجا بود؟").count()).toBe(0)
})
