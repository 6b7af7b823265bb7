import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { mediaType, sniffMedia } from "./index.ts"

const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"))
const samples = new URL("../../../../samples/saravan-2021/media/", import.meta.url)

test.each([
  ["image/jpeg", "\xff\xd8\xff\xe1"],
  ["image/png", "\x89PNG\r\n\x1a\n\0"],
  ["image/webp", "RIFF\0\0\0\0WEBPVP8 "],
  ["audio/wav", "RIFF\0\0\0\0WAVEfmt "],
  ["image/heic", "\0\0\0\x18ftypheic"],
  ["image/heic", "\0\0\0\x18ftypmif1"],
  ["video/mp4", "\0\0\0\x18ftypisom"],
  ["video/mp4", "\0\0\0\x18ftypmp42"],
  ["video/quicktime", "\0\0\0\x14ftypqt  "],
  ["audio/mp4", "\0\0\0\x18ftypM4A "],
  ["video/webm", "\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x82\x84webm"],
  ["audio/ogg", "OggS\0"],
  ["audio/mpeg", "ID3\x04"],
  ["audio/mpeg", "\xff\xfb\x90\x64"],
  ["application/octet-stream", "%PDF-1.7"],
  [null, "<svg xmlns="],
  [null, "MZ\x90\0"],
  [null, "#!/bin/sh"],
  [null, "\xff\xd8"],
  [null, "\xff\xff\xff\xff"],
  [null, ""],
])("%s", (type, head) => expect(sniffMedia(ascii(head))).toBe(type))

test.each([
  ["A01-tehran-poster.jpg", "photo", "image/jpeg"],
  ["A01-tehran-poster.mp4", "video", "video/mp4"],
  ["A08-rasht-slogan.webm", "video", "video/webm"],
] as const)("%s is what it says it is", async (name, kind, type) => {
  expect(mediaType(await readFile(new URL(name, samples)), kind)).toBe(type)
})

test("a file that is not what it is said to be is refused; a file of no kind is carried unseen", () => {
  expect(() => mediaType(ascii(""), "file")).toThrow(expect.objectContaining({ code: "empty" }))
  expect(() => mediaType(ascii("hello"), "photo")).toThrow(expect.objectContaining({ code: "not-media" }))
  expect(() => mediaType(ascii("OggS\0"), "photo")).toThrow(expect.objectContaining({ code: "wrong-kind" }))
  expect(mediaType(ascii("hello"), "file")).toBe("application/octet-stream")
})
