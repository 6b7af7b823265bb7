import { stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { VEILED_CELL_BYTES } from "@govah/core/veil"
import { afterAll, beforeAll, expect, test } from "vitest"
import { freshDesk, freshHome } from "./desk-support.ts"
import { beginWords, goHome } from "./field-page-hands.ts"
import { opened, webmOf } from "./field-report-support.ts"
import { keepWords, newPhone, setStage, type Stage } from "./field-send-support.ts"

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage?.close())

/** 4,096 cells, each under its veil: what `platform/carrier-file.ts` lets a phone hold at a time. */
const MOST_BYTES = 4_096 * VEILED_CELL_BYTES

test("more than one file can hold goes out in several, one after another; in any order the desk opens all of it", async () => {
  const home = await freshHome()
  const desk = await freshDesk(home)
  const { page } = await newPhone(stage, (await desk.invite("unit")).text)
  await keepWords(page, "a few words")
  const film = webmOf(140_000_000)
  await writeFile(join(home, "film.webm"), film)
  await beginWords(page, "en")
  await page.locator("textarea").first().fill("a long film")
  await page.locator("input[type=file]").first().setInputFiles(join(home, "film.webm"))
  await page.getByRole("button", { name: "Seal and keep" }).click()
  await page.getByText("This phone can no longer open it").first().waitFor()
  await goHome(page, "en")

  const saved: string[] = []
  const save = async (button: string): Promise<void> => {
    const path = join(home, `saved-${saved.length}`)
    const [file] = await Promise.all([
      page.waitForEvent("download", { timeout: 600_000 }),
      page.getByRole("button", { name: button }).click(),
    ])
    await file.saveAs(path)
    // Each has a name of its own, which says nothing.
    expect(file.suggestedFilename()).toMatch(/^[A-Za-z0-9_-]+\.bin$/)
    saved.push(path)
  }
  const without = page.getByText("Without a network", { exact: true })
  await without.click()
  await save("Save as a file for a carrier")
  await page.getByText("not everything fits into one file").waitFor()
  // Another report is kept meanwhile: whatever it does to the order, nothing of what waited is left out.
  await keepWords(page, "kept between two files")
  if (!(await page.getByRole("button", { name: "(2 of" }).isVisible())) await without.click()
  for (let part = 2; part <= 3; part++) await save(`(${part} of`)
  await page.getByRole("button", { name: "Save as a file for a carrier" }).waitFor()

  for (const path of saved.toReversed()) {
    expect((await stat(path)).size).toBeLessThanOrEqual(MOST_BYTES)
    await desk.take(path)
  }
  const rows = await desk.list()
  const said = rows.filter(({ open }) => open === "whole").map((row) => row.said?.words)
  expect(said).toEqual(expect.arrayContaining(["a few words", "a long film"]))
  const long = rows.find((row) => row.said?.words === "a long film")
  expect((await opened(desk, { root: long?.root } as never, 0)).equals(film)).toBe(true)
})
