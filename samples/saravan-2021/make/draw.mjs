// Opens one page with the fonts in it; gives back the drawings as buffers.
import { existsSync, readFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import { chromium } from "playwright-core"

const here = import.meta.dirname
const faces = [
  ["Vazirmatn", "vazirmatn", [400, 500, 800, 900]],
  ["Lalezar", "lalezar", [400]],
  ["Aref Ruqaa", "aref-ruqaa", [400, 700]],
  ["Playpen Sans Arabic", "playpen-sans-arabic", [500, 600]],
]

export function onPath(name) {
  for (const d of (process.env.PATH ?? "").split(delimiter))
    if (existsSync(join(d, name))) return join(d, name)
  throw new Error(`${name} was not found on the PATH`)
}

export async function openPage(fontDir) {
  let css = ""
  for (const [family, pack, weights] of faces)
    for (const weight of weights)
      for (const part of ["arabic", "latin"]) {
        const f = join(
          fontDir,
          "node_modules",
          "@fontsource",
          pack,
          "files",
          `${pack}-${part}-${weight}-normal.woff2`,
        )
        const range =
          part === "latin"
            ? "unicode-range:U+0000-00FF;"
            : "unicode-range:U+0600-06FF,U+200C-200F,U+FB50-FEFF;"
        css += `@font-face{font-family:"${family}";font-weight:${weight};${range}src:url(data:font/woff2;base64,${readFileSync(f).toString("base64")})}\n`
      }
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? onPath("chromium"),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  })
  const page = await browser.newPage()
  await page.setContent(`<!doctype html><meta charset=utf-8><style>${css}</style>`)
  for (const part of ["paint.js", "walls.js", "art.js", "scene.js", "store.js"])
    await page.addScriptTag({ path: join(here, part) })
  await page.evaluate(async () => {
    const r = await Promise.all([...document.fonts].map((f) => f.load()))
    return r.length
  })
  const bytes = (url) => Buffer.from(url.slice(url.indexOf(",") + 1), "base64")
  return {
    close: () => browser.close(),
    /** A still picture: { jpeg, thumb }, both turned as stored when `turn` is set. */
    async photo(scene, turn, quality) {
      const [a, b] = await page.evaluate(
        ([s, t, q]) => {
          let c = drawScene(s)
          drawNote(c, 25)
          if (t) c = quarterTurn(c)
          return [
            c.toDataURL("image/jpeg", q),
            shrink(c, c.width > c.height ? 320 : 240).toDataURL("image/jpeg", 0.7),
          ]
        },
        [scene, turn, quality],
      )
      return { jpeg: bytes(a), thumb: bytes(b) }
    },
    /** A larger drawing without the note, for a clip. */
    async plate(scene) {
      return bytes(await page.evaluate((s) => drawScene(s).toDataURL("image/png"), scene))
    },
    /** The note alone on nothing. */
    async note(w, h, size) {
      return bytes(
        await page.evaluate(
          ([ww, hh, s]) => {
            const c = document.createElement("canvas")
            c.width = ww
            c.height = hh
            drawNote(c, s)
            return c.toDataURL("image/png")
          },
          [w, h, size],
        ),
      )
    },
  }
}
