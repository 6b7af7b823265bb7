import { readFileSync } from "node:fs"
import { utf8Bytes, utf8Text } from "@govah/core/bytes"
import { expect, test } from "vitest"
import { formatManifest, parseManifest } from "./manifest.ts"

interface ManifestCase {
  readonly name: string
  readonly expect: string
  readonly text: string
  readonly files?: number
}
const { cases } = JSON.parse(
  readFileSync(new URL("../../../vectors/manifest.json", import.meta.url), "utf8"),
) as { readonly cases: readonly ManifestCase[] }

test.each(cases)("$name: $expect", ({ expect: expected, text, files }) => {
  const lines = parseManifest(utf8Bytes(text))
  expect(lines === null ? "reject:not-a-manifest" : "accept").toBe(expected)
  if (lines !== null) expect(lines.length).toBe(files)
})

test("what is written is read, and every cut of it is refused or shorter by whole lines", () => {
  const written = formatManifest(
    new Map([
      ["fa/index.html", utf8Bytes("b")],
      ["en/index.html", utf8Bytes("a")],
    ]),
  )
  expect(parseManifest(written)?.map((line) => line.path)).toEqual(["en/index.html", "fa/index.html"])
  for (let length = 0; length < written.length; length++) {
    const cut = written.subarray(0, length)
    const whole = (utf8Text(cut) ?? "").endsWith("\n")
    expect(parseManifest(cut) !== null, `${length} bytes`).toBe(whole)
  }
})
