import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { PAGE_HEADERS } from "../policy.ts"

const field = new URL("../../", import.meta.url)

test("sw.js has the bytes that it had: every installed app would take others for an attack", () => {
  const bytes = readFileSync(new URL("public/sw.js", field))
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(
    "98dbe4a31538c863c07551f5b540406c691490567d11a4c65186490d225771c7",
  )
})

test("the page says of itself what a server and the installed app say of it", () => {
  const page = readFileSync(new URL("index.html", field), "utf8")
  const own = /Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1]
  expect(`${own}; frame-ancestors 'none'`).toBe(PAGE_HEADERS["Content-Security-Policy"])
})

test("each cover has a manifest with icons that are PNG pictures of the size that it says", () => {
  for (const cover of ["notes", "calculator", "calendar"]) {
    const text = readFileSync(new URL(`public/covers/${cover}.webmanifest`, field), "utf8")
    const { icons } = JSON.parse(text) as { icons: { src: string; sizes: string; type: string }[] }
    expect(icons.map(({ sizes }) => sizes)).toEqual(["192x192", "512x512"])
    for (const { src, sizes, type } of icons) {
      const png = readFileSync(new URL(`public${src}`, field))
      expect(type).toBe("image/png")
      expect(png.subarray(1, 4).toString()).toBe("PNG")
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes)
    }
  }
})
