import { open } from "node:fs/promises"

/** How large a film is, and how long it shows each picture. */
export interface FilmShape {
  readonly width: number
  readonly height: number
  /** Camera pictures for which each code stands, of 30 a second. */
  readonly standsFor: number
}

const FRAMES_A_SECOND = 30

/** The modules of a QR code, row by row. */
export type Code = readonly (readonly boolean[])[]

/** What a camera sees, as a file that Chromium plays in place of one: bright and dark greys, never black and white. */
export async function writeFilm(
  file: string,
  codes: readonly Code[],
  { width, height, standsFor }: FilmShape,
): Promise<void> {
  const handle = await open(file, "w")
  const colours = Buffer.alloc((width * height) / 2, 128)
  await handle.write(`YUV4MPEG2 W${width} H${height} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`)
  for (const code of codes) {
    const scale = Math.floor((height * 0.95) / code.length)
    const [left, top] = [(width - code.length * scale) >> 1, (height - code.length * scale) >> 1]
    const grey = Buffer.alloc(width * height, 190)
    for (let y = 0; y < code.length * scale; y++) {
      const row = code[Math.floor(y / scale)] as readonly boolean[]
      for (let x = 0; x < code.length * scale; x++) {
        const noise = ((x * 7 + y * 13) % 31) - 15
        grey[(top + y) * width + left + x] = (row[Math.floor(x / scale)] === true ? 50 : 215) + noise
      }
    }
    for (let i = 0; i < standsFor; i++)
      await handle.write(Buffer.concat([Buffer.from("FRAME\n"), grey, colours]))
  }
  await handle.close()
}
