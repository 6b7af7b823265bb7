import { expect, test } from "vitest"
import { paintJpeg, plant } from "../testing/jpeg.ts"
import { unexpectedSegment } from "./segments.ts"

const MARKERS = ["exif", "xmp", "icc", "iptc", "comment", "tail"] as const
const bare = await paintJpeg(64, 48, (x, y) => [x, y, 30])

function after(start: readonly number[]): Uint8Array {
  return Buffer.concat([bare.subarray(0, 2), Buffer.from(start), bare.subarray(2)])
}

test("a bare picture passes", () => {
  expect(unexpectedSegment(bare)).toBeNull()
})

test.each<readonly [string, Uint8Array, RegExp]>([
  ["everything that a phone writes", plant(bare, { markers: MARKERS }), /type 0xe1/],
  ["an ICC profile", after([0xff, 0xe2, 0, 4, 1, 1]), /type 0xe2/],
  ["a comment", after([0xff, 0xfe, 0, 4, 0x41, 0x41]), /type 0xfe/],
  ["a thumbnail in the JFIF header", after([0xff, 0xe0, 0, 19, ...Array<number>(17).fill(1)]), /thumbnail/],
  ["bytes after the end", Buffer.concat([bare, Buffer.from("tail")]), /4 bytes after its end/],
  ["no end", bare.subarray(0, bare.length - 2), /no end/],
  ["a stray byte", after([0x41]), /stray byte at 2/],
  ["a segment without a length", after([0xff, 0xdb, 0, 1]), /broken segment/],
  ["nothing", new Uint8Array(0), /no start/],
])("%s is named", (_, jpeg, said) => {
  expect(unexpectedSegment(jpeg)).toMatch(said)
})
