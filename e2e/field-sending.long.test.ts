import { randomBytes } from "node:crypto"
import { join } from "node:path"
import { CELL_BYTES } from "@govah/core/cell"
import { afterAll, beforeAll, expect, test } from "vitest"
import { unlock } from "./field-page-hands.ts"
import { keepWords, newPhone, setStage, type Stage } from "./field-send-support.ts"
import { freshFolder, makeDesk, startRelay } from "./field-support.ts"
import { gatedLine } from "./gated-line.ts"

let stage: Stage

beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.close())

const photoOf = (bytes: number): { name: string; mimeType: string; buffer: Buffer } => ({
  name: "photo.jpg",
  mimeType: "image/jpeg",
  buffer: Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), randomBytes(bytes)]),
})

test("two tabs send once, a text that was kept last arrives first, and it all goes on by itself when the line is back", async () => {
  const folder = await freshFolder()
  const relay = await startRelay(join(folder, "relay.db"))
  const line = await gatedLine(relay.port, 0)
  line.breakOff()
  const desk = await makeDesk([`http://127.0.0.1:${line.port}`])
  const { page, context } = await newPhone(stage, await desk.invite())
  await keepWords(page, "with a large picture", photoOf(2_000_000))
  await page.getByText("No connection").waitFor()
  await page.getByText("do not clear the browser’s data").waitFor()

  // The line is there again, and carries little: the words of both, and not the picture.
  line.mend()
  line.allow(60 * CELL_BYTES)
  await keepWords(page, "kept last")
  await expect
    .poll(async () => (await desk.pull(relay)).map(({ report }) => report.text))
    .toEqual(["kept last"])
  await page.getByText("On its way.").waitFor()

  const other = await context.newPage()
  await other.goto(`${stage.url}/`)
  await unlock(other, "en")
  await other.getByText("Another window of this program is sending.").waitFor()
  // While it goes on, what has gone in part says so.
  await page.getByText("Partly sent").waitFor()

  line.allow(Number.MAX_SAFE_INTEGER)
  for (const tab of [page, other]) await tab.getByText("Left this phone").first().waitFor()
  await expect.poll(async () => (await desk.pull(relay)).length).toBe(2)
  for (const tab of [page, other]) await tab.getByText("It is safe to close.").waitFor()
  // Of 130 cells or so none went twice but what the broken line took with it.
  expect(line.up()).toBeLessThan(220 * CELL_BYTES)

  // What a person stops stays stopped, in both tabs and after the app was opened anew.
  line.breakOff()
  await keepWords(page, "not now")
  await page.getByRole("button", { name: "Do not send for now" }).click()
  await other.getByText("You have stopped it.").waitFor()
  line.mend()
  await page.reload()
  await unlock(page, "en")
  await page.getByText("You have stopped it.").waitFor()
  expect((await desk.pull(relay)).length).toBe(2)
  await other.getByRole("button", { name: "Send now" }).click()
  await expect.poll(async () => (await desk.pull(relay)).length).toBe(3)
})
