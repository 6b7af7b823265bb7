import { expect, test } from "vitest"
import { MAX_PREVIEW_BYTES, previewOf } from "./preview.ts"

const jpeg = (bytes: number): Uint8Array => {
  const made = new Uint8Array(bytes)
  made.set([0xff, 0xd8, 0xff])
  return made
}

test("a preview goes ahead of large media, and of nothing else", () => {
  const [preview, ...others] = previewOf(jpeg(MAX_PREVIEW_BYTES), 200_000_000)
  expect(others).toEqual([])
  expect(preview).toMatchObject({ type: "image/vnd.govah.preview", isAhead: true })
  expect(previewOf(jpeg(3_000), 900_000)).toEqual([])
  expect(previewOf(null, 200_000_000)).toEqual([])
  expect(previewOf(jpeg(MAX_PREVIEW_BYTES + 1), 200_000_000)).toEqual([])
  expect(previewOf(new Uint8Array(3_000), 200_000_000)).toEqual([])
})
