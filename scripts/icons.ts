// Draws the field app's icons, one a cover, and writes them: `node scripts/icons.ts`. What a phone's launcher shows must
// be a PNG, and must look like what the cover says it is.
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { crc32, deflateSync } from "node:zlib"

type Colour = readonly [number, number, number]
/** A rectangle with round corners, in hundredths of the icon's side. */
interface Shape {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly round: number
  readonly colour: Colour
}

const PAPER: Colour = [250, 248, 243]
const INK: Colour = [29, 27, 23]
const SOFT: Colour = [190, 182, 166]
const RED: Colour = [176, 58, 46]
const BLUE: Colour = [22, 80, 107]
const DARK: Colour = [32, 36, 42]
const KEY: Colour = [70, 77, 88]
const ORANGE: Colour = [214, 137, 16]
const WHITE: Colour = [255, 255, 255]

const box = (x: number, y: number, width: number, height: number, round: number, colour: Colour): Shape => ({
  x,
  y,
  width,
  height,
  round,
  colour,
})
const grid = (columns: number, rows: number, draw: (column: number, row: number) => Shape): Shape[] =>
  Array.from({ length: columns * rows }, (_, i) => draw(i % columns, Math.floor(i / columns)))

// Everything lies inside the middle 80 parts: launchers cut the rest away as they like.
const ICONS: Readonly<Record<string, { readonly ground: Colour; readonly shapes: readonly Shape[] }>> = {
  notes: {
    ground: BLUE,
    shapes: [
      box(26, 20, 48, 60, 5, PAPER),
      ...[34, 44, 54].map((y) => box(34, y, 32, 3, 1.5, INK)),
      box(46, 64, 20, 3, 1.5, SOFT),
    ],
  },
  calculator: {
    ground: DARK,
    shapes: [
      box(22, 20, 56, 16, 3, [196, 212, 190]),
      ...grid(4, 3, (column, row) =>
        box(22 + column * 14.7, 41 + row * 13.4, 12, 11, 3, column === 3 ? ORANGE : KEY),
      ),
    ],
  },
  calendar: {
    ground: [235, 230, 219],
    shapes: [
      box(20, 22, 60, 58, 6, WHITE),
      box(20, 22, 60, 16, 6, RED),
      box(20, 32, 60, 6, 0, RED),
      ...grid(5, 3, (column, row) =>
        box(26 + column * 10.2, 45 + row * 11, 6.5, 6.5, 1.5, column === 0 && row === 1 ? RED : SOFT),
      ),
    ],
  },
}

/** Each pixel is the mean of 16 points: edges are smooth, and the same on every machine. */
const POINTS = 4

function draw(
  { ground, shapes }: { readonly ground: Colour; readonly shapes: readonly Shape[] },
  side: number,
): Buffer {
  const rows = Buffer.alloc(side * (1 + side * 3))
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const sum = [0, 0, 0]
      for (let point = 0; point < POINTS * POINTS; point++) {
        const px = ((x + ((point % POINTS) + 0.5) / POINTS) * 100) / side
        const py = ((y + (Math.floor(point / POINTS) + 0.5) / POINTS) * 100) / side
        const colour = shapes.findLast((shape) => covers(shape, px, py))?.colour ?? ground
        colour.forEach((value, i) => (sum[i] = (sum[i] as number) + value))
      }
      sum.forEach(
        (value, i) => (rows[y * (1 + side * 3) + 1 + x * 3 + i] = Math.round(value / (POINTS * POINTS))),
      )
    }
  }
  return rows
}

function covers({ x, y, width, height, round }: Shape, px: number, py: number): boolean {
  const dx = Math.max(x + round - px, px - (x + width - round), 0)
  const dy = Math.max(y + round - py, py - (y + height - round), 0)
  const isInside = px >= x && px <= x + width && py >= y && py <= y + height
  return isInside && dx * dx + dy * dy <= round * round + 1e-9
}

function png(rows: Buffer, side: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  // Eight bits a channel, red, green and blue.
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from("89504e470d0a1a0a", "hex")
  const parts = [
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]
  return Buffer.concat([signature, ...parts])
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}

const folder = join(import.meta.dirname, "../packages/field/public/icons")
mkdirSync(folder, { recursive: true })
for (const [name, icon] of Object.entries(ICONS)) {
  for (const side of [192, 512])
    writeFileSync(join(folder, `${name}-${side}.png`), png(draw(icon, side), side))
}
