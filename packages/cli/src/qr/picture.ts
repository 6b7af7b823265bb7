import { inflateSync } from "node:zlib"
import { decode, encode } from "fast-png"
import encodeQR from "qr"
import decodeQR from "qr/decode.js"

/** Modules of white around a code: the standard asks for four. */
const BORDER = 4
/** Most pixels of a picture that is read: 8K video, four times over, must not fill the memory. */
const MAX_PIXELS = 40_000_000

/** Longest side at which a JPEG is looked at, in pixels: a frame's code has 80 modules, and a camera twelve megapixels. */
const MAX_JPEG_SIDE = 2_000

/** The modules of a frame's QR code, row by row; true is dark. */
export function codeOf(frame: string): readonly (readonly boolean[])[] {
  return encodeQR(frame, "raw", { ecc: "medium", encoding: "alphanumeric", border: BORDER })
}

/** A frame as a PNG picture. @param scale - pixels a module. */
export function pictureOf(frame: string, scale: number = 4): Uint8Array {
  const code = codeOf(frame)
  const side = code.length * scale
  const data = new Uint8Array(side * side)
  for (let y = 0; y < side; y++) {
    const row = code[Math.floor(y / scale)] as readonly boolean[]
    for (let x = 0; x < side; x++) data[y * side + x] = row[Math.floor(x / scale)] === true ? 0 : 255
  }
  return encode({ width: side, height: side, data, channels: 1, depth: 8 })
}

/**
 * The text of the QR code in a PNG picture, or null where none can be read.
 *
 * @param png - attacker-controlled; the caller bounds its length. Its pixels are counted before it is unpacked.
 */
export function readPicture(png: Uint8Array): string | null {
  try {
    if (!isModest(png)) return null
    const { width, height, data, channels, depth, palette } = decode(png)
    if (depth !== 8 || palette !== undefined) return null
    const rgba = new Uint8Array(width * height * 4)
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++) {
        rgba[i * 4 + c] = data[i * channels + (channels < 3 ? 0 : c)] as number
      }
      rgba[i * 4 + 3] = 255
    }
    return decodeQR({ width, height, data: rgba }, { timeLimit: 500 })
  } catch {
    // A picture without a code and a picture that is damaged are the same: one frame less.
    return null
  }
}

/**
 * The text of the QR code in a JPEG, as a phone's camera writes them, or null where none can be read.
 *
 * @param jpeg - attacker-controlled; decoded in WebAssembly, in a worker of its own with bounded memory.
 */
export async function readJpeg(jpeg: Uint8Array): Promise<string | null> {
  try {
    // Loaded here alone: PNG needs none of it.
    const { decodeJpeg } = await import("@govah/desk/picture")
    const { data, width, height } = await decodeJpeg(jpeg, MAX_JPEG_SIDE)
    return decodeQR({ width, height, data }, { timeLimit: 500 })
  } catch {
    return null
  }
}

// A PNG of a few kilobytes can unpack to gigabytes: unpack it once with a limit before the decoder does.
function isModest(png: Uint8Array): boolean {
  const view = Buffer.from(png.buffer, png.byteOffset, png.byteLength)
  if (view.length < 33 || view.readUInt32BE(0) !== 0x89504e47) return false
  const [width, height, depth] = [view.readUInt32BE(16), view.readUInt32BE(20), view[24] as number]
  if (width * height > MAX_PIXELS || width < 21 || height < 21 || depth !== 8) return false
  const parts: Buffer[] = []
  for (let at = 8; at + 12 <= view.length; ) {
    const length = view.readUInt32BE(at)
    const kind = view.toString("latin1", at + 4, at + 8)
    // Text, profiles and animation are not needed here, and each can unpack to anything.
    if (!["IHDR", "IDAT", "IEND", "pHYs", "gAMA", "sRGB", "cHRM", "tIME", "sBIT"].includes(kind)) return false
    if (kind === "IDAT") parts.push(view.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  inflateSync(Buffer.concat(parts), { maxOutputLength: height * (1 + width * 4) + 64 })
  return true
}
