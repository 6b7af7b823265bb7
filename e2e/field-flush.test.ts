import type { FieldServer } from "@govah/field/server"
import { expect, onTestFinished, test } from "vitest"
import { serveFieldPage } from "./built-page.ts"
import { beginWords, goHome, joinDesk } from "./field-page-hands.ts"
import { keep, kept } from "./field-report-support.ts"
import { visit } from "./field-shell-support.ts"
import { makeDesk } from "./field-support.ts"
import { alteredSite } from "./leak/altered-site.ts"
import { buildFieldSite } from "./leak/field-site.ts"
import { sharedBrowser } from "./page-browser.ts"

/** What the engine had answered, and how many of its files were written and not flushed just then. */
interface Answered {
  readonly kind: string
  readonly written: number
  readonly unflushed: number
}

// In the engine: each file that is written stands in a list until it is flushed. Closing alone flushes nothing.
const WATCH = `if ("FileSystemSyncAccessHandle" in globalThis && !("answered" in globalThis)) {
  const files = FileSystemSyncAccessHandle.prototype
  const unflushed = new Set()
  const kinds = new Map()
  const post = globalThis.postMessage
  let written = 0
  globalThis.answered = []
  for (const name of ["write", "truncate"]) {
    const act = files[name]
    files[name] = function (...given) {
      written++
      unflushed.add(this)
      return act.apply(this, given)
    }
  }
  const flush = files.flush
  files.flush = function () {
    unflushed.delete(this)
    return flush.call(this)
  }
  addEventListener("message", ({ data }) => kinds.set(data.number, data.request?.kind))
  globalThis.postMessage = (said, ...rest) => {
    if ("answer" in said)
      answered.push({ kind: kinds.get(said.number), written, unflushed: unflushed.size })
    post.call(globalThis, said, ...rest)
  }
}`

/** Joins, keeps words and a photo, and gives what the engine answered meanwhile. No relay is there: nothing else is written. */
async function answersOf(served: FieldServer): Promise<readonly Answered[]> {
  const site = { url: await alteredSite(served.url, WATCH), browser: await sharedBrowser() }
  const { page } = await visit(site)
  await joinDesk(page, await (await makeDesk([])).invite())
  await beginWords(page)
  await page.getByLabel("به زبان خودتان").fill("چیزی")
  const buffer = Buffer.concat([Buffer.from("ffd8ffe000104a464946", "hex"), Buffer.alloc(90_000, 7)])
  await page.locator("input[type=file]").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer })
  await page.getByText("عکس، ").first().waitFor()
  await keep(page)
  await kept(page)
  await goHome(page)
  const engine = page.workers().find((worker) => worker.url().includes("engine"))
  if (engine === undefined) throw new Error("there is no engine")
  return await engine.evaluate(() => (globalThis as unknown as { answered: Answered[] }).answered)
}

const lasting = (answers: readonly Answered[]): readonly Answered[] =>
  answers.filter(({ kind }) => ["set-passphrase", "enrol", "keep"].includes(kind))

test("when the engine says that it is locked, joined or kept, every file that it wrote has been flushed", async () => {
  const served = await serveFieldPage()
  onTestFinished(() => served.close())
  const answers = lasting(await answersOf(served))
  expect(answers.map(({ kind }) => kind)).toEqual(["set-passphrase", "enrol", "keep"])
  for (const { written } of answers) expect(written).toBeGreaterThan(0)
  expect(answers.filter(({ unflushed }) => unflushed > 0)).toEqual([])
})

test("the same look finds what an engine leaves to the browser that flushes nothing", async () => {
  const served = await buildFieldSite("flush-nothing", {
    file: "field/src/platform/opfs-drawer.ts",
    line: "flush: async () => handle.flush(),",
    weak: "flush: async () => undefined,",
  })
  onTestFinished(() => served.close())
  const answers = lasting(await answersOf(served))
  expect(answers.at(-1)?.kind).toBe("keep")
  for (const { unflushed } of answers) expect(unflushed).toBeGreaterThan(0)
})
