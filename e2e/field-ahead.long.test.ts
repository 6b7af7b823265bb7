import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { buildReport } from "@govah/field"
import { createFieldHome, todayUtc } from "@govah/field/node"
import { nodePrimitives as p } from "@govah/node"
import { expect, test } from "vitest"
import { copied } from "./copied.ts"
import { deskAndUnit } from "./recording-support.ts"

test("with the cells that travel first a desk reads the words and sees the preview, of files and of a recording", async () => {
  const { desk, folder, unit } = await deskAndUnit()
  const home = await createFieldHome(unit)
  const film = p.random(9_000_000)
  const preview = p.random(4_000)
  const ahead = { type: "image/vnd.govah.preview", isAhead: true as const, open: () => [preview] }
  const files = await home.keep(
    buildReport({ text: "files" }, 2),
    [{ type: "video/webm", open: () => [film] }, ahead],
    todayUtc(),
  )
  const recorder = await home.record(buildReport({ text: "draft" }, 1), "video/webm", todayUtc())
  for (let at = 0; at < film.length; at += 300_000) await recorder.slice(film.subarray(at, at + 300_000))
  const recording = await recorder.finish(buildReport({ text: "recording" }, 2), [ahead])

  for (const [id, words] of [
    [files, "files"],
    [recording, "recording"],
  ] as const) {
    const cells = await home.outbox.cells(id)
    const first = cells.filter((cell) => cell.isAhead)
    // The root, an annex with the list of 550 cells, and the preview: of the film there is nothing.
    expect(first.length).toBeLessThan(8)
    const bytes = await Promise.all(first.map((cell) => home.outbox.readCell(id, cell)))
    await writeFile(join(folder, words), Buffer.concat(bytes))
    await desk.take(join(folder, words))
    const row = (await desk.list()).find((one) => one.said?.words === words)
    expect(row?.open).toBe("waiting")
    const shown = Buffer.concat(await Array.fromAsync(desk.attachment(row?.root as never, 1), copied))
    expect(shown.equals(Buffer.from(preview))).toBe(true)
    await expect(Array.fromAsync(desk.attachment(row?.root as never, 0), copied)).rejects.toMatchObject({
      code: "not-whole",
    })
  }
})
