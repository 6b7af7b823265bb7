import { utf8Text } from "@govah/core/bytes"
import { DeskError } from "../desk-error.ts"
import type { CallMaterial } from "../desk.ts"
import { reencodeJpeg } from "../picture/reencode.ts"

/**
 * A call's material with nothing in it but what is shown: everybody gets it, and what a program wrote into it beside can
 * name who made it. A JPEG is decoded and encoded anew; a PNG with anything but pixels and a text that is none are refused.
 *
 * @throws DeskError `bad-picture`, `picture-too-large`, `bad-act`.
 */
export async function bareMaterial({ type, bytes }: CallMaterial): Promise<CallMaterial> {
  switch (type) {
    case "image/jpeg":
      return { type, bytes: (await reencodeJpeg(bytes)).jpeg }
    case "image/png": {
      const chunk = unexpectedChunk(bytes)
      if (chunk !== null) {
        throw new DeskError("bad-picture", `the picture holds ${chunk}: save it without, or as a JPEG`)
      }
      return { type, bytes }
    }
    case "text/plain": {
      const text = utf8Text(bytes)
      if (text === null || /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text.replaceAll("\r\n", "\n"))) {
        throw new DeskError("bad-act", "the material is no plain text in UTF-8")
      }
      return { type, bytes }
    }
  }
  throw new DeskError("bad-act", "a material is a PNG, a JPEG or a text")
}

/** The first thing in a PNG that is not needed to show its pixels, or null. Source: PNG, third edition, section 11. */
function unexpectedChunk(png: Uint8Array): string | null {
  if (!SIGNATURE.every((byte, i) => png[i] === byte)) return "no start of a PNG"
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  for (let at: number = SIGNATURE.length; at + 12 <= png.length; ) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...png.subarray(at + 4, at + 8))
    const end = at + 12 + length
    if (end > png.length) return "a chunk that is cut"
    if (name === "IEND") return end === png.length ? null : "bytes after its end"
    if (!PIXELS.has(name))
      return `a part of another kind than pixels (${/^[A-Za-z]{4}$/.test(name) ? name : "unnamed"})`
    at = end
  }
  return "no end"
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const
const PIXELS: ReadonlySet<string> = new Set(["IHDR", "PLTE", "IDAT", "tRNS", "sRGB", "gAMA"])
