import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join, resolve } from "node:path"
import { formatFrame, makeFrames, parseFrame } from "@govah/core/frames"
import { codeOf } from "@govah/field/qr"
import { nodePrimitives as p } from "@govah/node"
import { expect, onTestFinished, test } from "vitest"
import { build, type Rolldown } from "vite"
import { freshFolder } from "./field-support.ts"
import { CAMERA, openBrowser } from "./page-browser.ts"
import { writeFilm } from "./qr-film.ts"

async function servePage(): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      target: "es2024",
      modulePreload: false,
      rollupOptions: { input: resolve(import.meta.dirname, "qr-camera-page.ts") },
    },
  })) as Rolldown.RolldownOutput
  const script = built.output[0].code
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js"
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html")
    response.end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>')
  })
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

test("a camera takes a cell from pictures, 30 % of them lost, one of them false, begun in the middle", async () => {
  const cell = p.random(16_384)
  const frames = await makeFrames("cell", cell, p)
  const lie = parseFrame(frames[5] as string)
  const poisoned = formatFrame({ ...lie, symbol: lie.symbol.map((byte) => byte ^ 3) })
  const film = [...frames.slice(30), ...frames.slice(0, 30)].filter((_, i) => i % 10 < 7)
  film.splice(4, 0, poisoned)
  const folder = await freshFolder()
  await writeFilm(join(folder, "film.y4m"), film.map(codeOf), { width: 960, height: 720, standsFor: 3 })
  const browser = await openBrowser([
    ...CAMERA,
    `--use-file-for-fake-video-capture=${join(folder, "film.y4m")}`,
  ])
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  const faults: string[] = []
  page.on("pageerror", (error) => void faults.push(error.message))
  await page.goto(await servePage())
  const answer = await page.waitForFunction(() => globalThis.filmed, null, { timeout: 90_000 })
  const filmed = (await answer.jsonValue()) as NonNullable<typeof globalThis.filmed>
  expect(faults).toEqual([])
  expect(filmed.kind).toBe("cell")
  expect(Buffer.from(filmed.object, "base64").equals(cell)).toBe(true)
  console.log(
    `QR camera: one cell in ${filmed.seconds.toFixed(1)} s, ${filmed.progress.read} of ${filmed.progress.pictures} pictures read`,
  )
})
