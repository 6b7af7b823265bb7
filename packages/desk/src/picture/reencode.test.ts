import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import decode, { init } from "@jsquash/jpeg/decode.js"
import fc from "fast-check"
import { expect, test } from "vitest"
import { type Colour, paintJpeg, plant } from "../testing/jpeg.ts"
import { reencodeJpeg } from "./reencode.ts"
import { unexpectedSegment } from "./segments.ts"

const MARKERS = ["PLANT-EXIF", "PLANT-XMP", "PLANT-ICC", "PLANT-IPTC", "PLANT-COM", "PLANT-TAIL"] as const
const RED: Colour = [220, 20, 20]
const GREEN: Colour = [20, 200, 20]
const BLUE: Colour = [20, 20, 220]
const WHITE: Colour = [250, 250, 250]

/** Four quarters: red, green above; blue, white below. */
const quarters =
  (width: number, height: number) =>
  (x: number, y: number): Colour =>
    y < height / 2 ? (x < width / 2 ? RED : GREEN) : x < width / 2 ? BLUE : WHITE

/** The colours at the middles of the four quarters, as names, left to right and top to bottom. */
async function quartersOf(jpeg: Uint8Array): Promise<string> {
  const file = fileURLToPath(import.meta.resolve("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"))
  await init(new WebAssembly.Module(readFileSync(file)) as never)
  const { data, width, height } = await decode(jpeg.slice().buffer)
  const names = [0.25, 0.75].flatMap((down) =>
    [0.25, 0.75].map((along) => {
      const at = (Math.floor(height * down) * width + Math.floor(width * along)) * 4
      const [r, g] = [data[at] ?? 0, data[at + 1] ?? 0]
      if (r > 128 && g > 128) return "white"
      return r > 128 ? "red" : g > 128 ? "green" : "blue"
    }),
  )
  return names.join(" ")
}

function found(bytes: Uint8Array): string[] {
  return MARKERS.filter((marker) => Buffer.from(bytes).includes(marker))
}

test("no metadata of the original is in the copy (control: all of it is in the original)", async () => {
  const original = plant(await paintJpeg(320, 200, quarters(320, 200)), { markers: MARKERS })
  expect(found(original)).toEqual(MARKERS)
  expect(unexpectedSegment(original)).not.toBeNull()
  const copy = await reencodeJpeg(original)
  expect(found(copy.jpeg)).toEqual([])
  expect(Buffer.from(copy.jpeg).includes("Exif")).toBe(false)
  expect(unexpectedSegment(copy.jpeg)).toBeNull()
  expect(copy).toMatchObject({ width: 320, height: 200 })
})

// Source: Exif 2.32, tag 274: where the row 0 and the column 0 of the stored picture belong.
test.each([
  [1, 320, 200, "red green blue white"],
  [2, 320, 200, "green red white blue"],
  [3, 320, 200, "white blue green red"],
  [4, 320, 200, "blue white red green"],
  [5, 200, 320, "red blue green white"],
  [6, 200, 320, "blue red white green"],
  [7, 200, 320, "white green blue red"],
  [8, 200, 320, "green white red blue"],
])("a picture with orientation %i comes out upright", async (orientation, width, height, colours) => {
  const jpeg = await paintJpeg(320, 200, quarters(320, 200))
  expect(await quartersOf(jpeg)).toBe("red green blue white")
  const copy = await reencodeJpeg(plant(jpeg, { orientation, markers: MARKERS }))
  expect([copy.width, copy.height]).toEqual([width, height])
  expect(await quartersOf(copy.jpeg)).toBe(colours)
})

test("a large picture is scaled to 1600 pixels, and keeps what it shows", async () => {
  const copy = await reencodeJpeg(await paintJpeg(3000, 1500, quarters(3000, 1500)))
  expect([copy.width, copy.height]).toEqual([1600, 800])
  expect(await quartersOf(copy.jpeg)).toBe("red green blue white")
})

test("one picture gives one copy, byte for byte", async () => {
  const jpeg = await paintJpeg(100, 100, quarters(100, 100))
  const [one, two] = [await reencodeJpeg(jpeg), await reencodeJpeg(jpeg)]
  expect(Buffer.from(one.jpeg).equals(two.jpeg)).toBe(true)
})

/** The same picture, saying that it has other dimensions. */
function resized(jpeg: Uint8Array, width: number, height: number): Uint8Array {
  const bomb = Buffer.from(jpeg)
  const frame = [0xc0, 0xc2]
    .map((marker) => bomb.indexOf(Buffer.from([0xff, marker, 0, 17])))
    .find((at) => at > 0)
  bomb.writeUInt16BE(height, (frame as number) + 5)
  bomb.writeUInt16BE(width, (frame as number) + 7)
  return bomb
}

// 65,500² needs 17 GB. The pixels of 32,768² are exactly 2^32 bytes, of 65,500 × 16,400 just over: a 32-bit length wraps.
test.each([
  [65_500, 65_500],
  [32_768, 32_768],
  [65_500, 16_400],
  [30_000, 30_000],
  // 784 MB of pixels: a machine might have that, and one picture may not take it.
  [14_000, 14_000],
])("a small file that says it is %i × %i takes no memory and stops nothing", async (width, height) => {
  const jpeg = await paintJpeg(64, 64, quarters(64, 64))
  await expect(reencodeJpeg(resized(jpeg, width, height))).rejects.toMatchObject({ code: "bad-picture" })
  expect((await reencodeJpeg(jpeg)).width).toBe(64)
})

test.each([
  ["nothing", new Uint8Array(0)],
  ["text", Buffer.from("<svg onload=alert(1)>")],
  ["a PNG", Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex")],
  ["a start without more", Buffer.from("ffd8", "hex")],
])("%s is no picture", async (_, bytes) => {
  await expect(reencodeJpeg(bytes)).rejects.toMatchObject({ code: "bad-picture" })
})

test("damaged pictures give a copy without metadata or a refusal, nothing else", async () => {
  const original = plant(await paintJpeg(64, 48, quarters(64, 48)), { orientation: 6, markers: MARKERS })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat({ max: original.length - 1 }), fc.nat({ max: 255 })), {
        minLength: 1,
        maxLength: 12,
      }),
      async (edits) => {
        const damaged = original.slice()
        for (const [at, byte] of edits) damaged[at] = byte
        const copy = await reencodeJpeg(damaged).catch((error: { code: string }) => error.code)
        if (typeof copy === "string") expect(["bad-picture", "picture-too-large"]).toContain(copy)
        else expect(found(copy.jpeg)).toEqual([])
      },
    ),
    { numRuns: 25 },
  )
})

const SAMPLES = new URL("../../../../samples/saravan-2021/", import.meta.url)

test.each(["media/A01-tehran-poster.jpg", "media/A02-zanjan-poster.jpg"])(
  "nothing planted in %s is in its copy (control: all of it is in the sample)",
  async (name) => {
    const planted = JSON.parse(readFileSync(new URL("media/planted.json", SAMPLES), "utf8")) as Readonly<
      Record<string, { readonly markers: readonly string[] }>
    >
    const markers = planted[name]?.markers ?? []
    const original = readFileSync(new URL(name, SAMPLES))
    expect(markers.length).toBeGreaterThan(3)
    expect(markers.filter((marker) => original.includes(marker))).toEqual(markers)
    const copy = Buffer.from((await reencodeJpeg(original)).jpeg)
    expect(markers.filter((marker) => copy.includes(marker))).toEqual([])
  },
)
