import { join } from "node:path"
import { codeOf } from "@govah/field/qr"
import { makeFrames } from "@govah/core/frames"
import { utf8Bytes } from "@govah/core/bytes"
import { nodePrimitives as p } from "@govah/node"
import { takeFile } from "@govah/relay"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { accept, openRoads } from "./field-page-hands.ts"
import { keepWords, newPhone, setStage, type Stage } from "./field-send-support.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"
import { CAMERA, openBrowser } from "./page-browser.ts"
import { type Code, writeFilm } from "./qr-film.ts"

let stage: Stage

beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.close())

/** A browser whose camera sees these codes, in a loop. */
async function seeing(codes: readonly Code[]): Promise<Pick<Stage, "url" | "browser">> {
  const film = join(await freshFolder(), "film.y4m")
  await writeFilm(film, codes, { width: 640, height: 480, standsFor: 3 })
  const browser = await openBrowser([...CAMERA, `--use-file-for-fake-video-capture=${film}`])
  onTestFinished(() => browser.close())
  return { url: stage.url, browser }
}

/** The pictures that a page shows, until there are so many different ones. */
async function filmed(page: Page, count: number): Promise<readonly Code[]> {
  return await page.evaluate(async (wanted) => {
    const canvas = document.querySelector(".qr canvas") as HTMLCanvasElement
    const seen = new Map<string, boolean[][]>()
    for (;;) {
      await new Promise(requestAnimationFrame)
      if (canvas.width < 50) continue
      const { data, width } = (canvas.getContext("2d") as CanvasRenderingContext2D).getImageData(
        0,
        0,
        canvas.width,
        canvas.height,
      )
      const code = Array.from({ length: width }, (_, y) =>
        Array.from({ length: width }, (__, x) => (data[(y * width + x) * 4] as number) < 128),
      )
      seen.set(code.flat().map(Number).join(""), code)
      if (seen.size >= wanted) return [...seen.values()]
    }
  }, count)
}

test("a report goes from one phone's screen into another one's camera, and from there as a file to a relay", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const desk = await makeDesk([])
  const { page } = await newPhone(stage, await desk.invite())
  await keepWords(page, "from screen to camera")
  await openRoads(page, "en")
  await page.getByRole("button", { name: "Show it to another phone" }).click()
  await page.getByText(/Reports: 1, in pieces: 1\. .* about 5 seconds/).waitFor()
  // Nothing moves before a person says so.
  expect(await page.locator(".qr canvas").isVisible()).toBe(false)
  await page.getByRole("button", { name: "Start", exact: true }).click()
  const codes = await filmed(page, 36)
  await page.getByRole("button", { name: "Stop", exact: true }).click()

  // The other phone belongs to somebody else, and can open nothing of it.
  const strangers = await makeDesk([])
  const { page: carrier } = await newPhone(await seeing(codes), await strangers.invite())
  await openRoads(carrier, "en")
  await carrier.getByRole("button", { name: "Read from another phone’s screen" }).click()
  await carrier.getByText("Sealed pieces here: 1.").waitFor()
  const saving = carrier.waitForEvent("download")
  await carrier.getByRole("button", { name: "Save these pieces as a file" }).click()
  await (await saving).saveAs(join(folder, "carried.bin"))
  await takeFile(relay.store, join(folder, "carried.bin"))
  expect((await desk.pull(relay)).map(({ report }) => report.text)).toEqual(["from screen to camera"])
})

test("an invitation on another screen is read by the camera, and joined", async () => {
  const desk = await makeDesk([])
  const frames = await makeFrames("invitation", utf8Bytes(await desk.invite()), p)
  const { url, browser } = await seeing(frames.map((frame) => codeOf(frame)))
  const page = await browser.newPage({ permissions: ["camera"] })
  page.setDefaultTimeout(60_000)
  await page.goto(`${url}/`)
  await page.getByRole("button", { name: "English" }).click()
  await page.getByRole("button", { name: "Read it with the camera" }).click()
  await page.getByText("Test desk").waitFor()
  await accept(page, "en")
})
