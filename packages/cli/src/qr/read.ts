import { open, readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import { cardFromBytes, invitationFromBytes } from "@govah/core/card"
import { type Collected, createFrameCollector, FrameError } from "@govah/core/frames"
import type { Primitives } from "@govah/core/primitives"
import { readJpeg, readPicture } from "./picture.ts"

/** Longest file of pictures or text that is read, in bytes. */
const MAX_FILE_BYTES = 64 * 1_048_576

/** What a run of pictures held. */
export interface ReadFrames {
  readonly cells: readonly Uint8Array[]
  /** Cards and invitations, as text; unchecked. */
  readonly texts: readonly string[]
  /** Pictures in which no frame was found. */
  readonly unread: number
  /** Objects that were begun and not completed. */
  readonly waiting: readonly { readonly have: number; readonly need: number }[]
}

/**
 * Reads frames from a folder of PNG and JPEG pictures, one picture, or a file of text with a frame a line.
 *
 * @param path - what is in it is attacker-controlled. One file is in memory at a time.
 */
export async function readFrames(path: string, primitives: Primitives): Promise<ReadFrames> {
  const files = (await stat(path)).isDirectory()
    ? (await readdir(path)).sort().map((name) => join(path, name))
    : [path]
  const collector = createFrameCollector(primitives)
  const whole: Collected[] = []
  let unread = 0
  for (const file of files) {
    for (const frame of await framesIn(file)) {
      try {
        const progress = frame === null ? null : await collector.add(frame)
        if (progress === null) unread++
        else if (progress.whole !== null) whole.push(progress.whole)
      } catch (error) {
        if (!(error instanceof FrameError)) throw error
        unread++
      }
    }
  }
  return {
    cells: whole.filter(({ kind }) => kind === "cell").map(({ object }) => object),
    texts: whole.flatMap(({ kind, object }) => {
      const text = kind === "card" ? cardFromBytes(object) : invitationFromBytes(object)
      return kind === "cell" || text === null ? [] : [text]
    }),
    unread,
    waiting: collector.waiting(),
  }
}

async function framesIn(file: string): Promise<readonly (string | null)[]> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    if (size > MAX_FILE_BYTES) return [null]
    const bytes = await handle.readFile()
    if (bytes[0] === 0x89) return [readPicture(bytes)]
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return [await readJpeg(bytes)]
    const lines = bytes.toString("latin1").split(/\r?\n/)
    return lines.filter((line) => line !== "")
  } finally {
    await handle.close()
  }
}
