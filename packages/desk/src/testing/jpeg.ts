import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import encode, { init } from "@jsquash/jpeg/encode.js"

/** Colour of one pixel: red, green, blue. */
export type Colour = readonly [number, number, number]

let ready: Promise<void> | null = null

/** A JPEG of `width` × `height` whose pixels are what `paint` says. */
export async function paintJpeg(
  width: number,
  height: number,
  paint: (x: number, y: number) => Colour,
): Promise<Uint8Array> {
  ready ??= init(new WebAssembly.Module(readFileSync(wasmPath())) as never)
  await ready
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([...paint(x, y), 255], (y * width + x) * 4)
  }
  const encoded = await encode({ data, width, height } as unknown as Parameters<typeof encode>[0], {
    quality: 92,
  })
  return new Uint8Array(encoded.slice(0))
}

function wasmPath(): string {
  return fileURLToPath(import.meta.resolve("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm"))
}

/** What a phone and its apps leave in a picture. */
export interface Planted {
  /** Exif orientation, 1 to 8. */
  readonly orientation?: number
  /** A text in each place where metadata lies: Exif, XMP, ICC profile, IPTC, comment, after the end. */
  readonly markers: readonly [string, string, string, string, string, string]
}

/** Puts metadata into a JPEG, between its start and whatever came next. */
export function plant(jpeg: Uint8Array, { orientation = 1, markers }: Planted): Uint8Array {
  const [exif, xmp, icc, iptc, comment, tail] = markers
  return Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), tiff(orientation, exif)])),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${xmp}</x:xmpmeta>`)),
    segment(0xe2, Buffer.from(`ICC_PROFILE\0\x01\x01${icc}`)),
    segment(0xed, Buffer.from(`Photoshop 3.0\0${iptc}`)),
    segment(0xfe, Buffer.from(comment)),
    jpeg.subarray(2),
    Buffer.from(tail),
  ])
}

function segment(marker: number, payload: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(payload.length + 2, 2)
  return Buffer.concat([head, payload])
}

// A little-endian TIFF with three entries: description (ASCII), orientation (SHORT) and a GPS latitude's reference.
function tiff(orientation: number, description: string): Buffer {
  const text = Buffer.from(`${description}\0`)
  const entries = [
    entry(0x010e, 2, text.length, 8 + 2 + 3 * 12 + 4),
    entry(0x0112, 3, 1, orientation),
    entry(0x8825, 4, 1, 0),
  ]
  const count = Buffer.from([entries.length, 0])
  return Buffer.concat([Buffer.from("II*\0\x08\0\0\0", "latin1"), count, ...entries, Buffer.alloc(4), text])
}

function entry(tag: number, type: number, count: number, value: number): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt16LE(tag, 0)
  bytes.writeUInt16LE(type, 2)
  bytes.writeUInt32LE(count, 4)
  bytes.writeUInt32LE(value, 8)
  return bytes
}
