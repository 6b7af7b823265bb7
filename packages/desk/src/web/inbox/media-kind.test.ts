import { expect, test } from "vitest"
import { mediaKind } from "./media-kind.ts"

test("only what a browser decodes as pictures and sound is looked at", () => {
  expect(mediaKind("image/jpeg")).toBe("photo")
  expect(mediaKind("video/webm;codecs=vp9")).toBe("video")
  expect(mediaKind("audio/ogg")).toBe("sound")
  expect(mediaKind("image/vnd.govah.preview")).toBe("preview")
  for (const type of [
    "image/svg+xml",
    "IMAGE/SVG+XML",
    "image/svg",
    "text/html",
    "application/xhtml+xml",
    "application/pdf",
    "image/jpeg, text/html",
    "image/jpegx",
    "",
    ";image/jpeg",
    "multipart/x-mixed-replace",
  ])
    expect(mediaKind(type), type).toBe("file")
})
