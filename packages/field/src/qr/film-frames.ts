import { type Collected, createFrameCollector, FrameError, type FrameProgress } from "@govah/core/frames"
import type { Primitives } from "@govah/core/primitives"
import decodeQR from "qr/decode.js"

/** Longest side of a picture that is looked at: more pixels cost time and find no more. */
const MAX_SIDE = 960

/** What the camera has seen so far. */
export interface FilmProgress {
  /** Pictures looked at, and those in which a frame was read. */
  readonly pictures: number
  readonly read: number
  /** Of the object that the last frame belongs to; null before the first. */
  readonly last: FrameProgress | null
}

/**
 * Reads frames from a video that plays (a camera's, or any other), and gives each object as soon as it is whole, until
 * it is aborted. Nothing of the pictures is kept.
 *
 * @param video - with a stream, playing.
 */
export async function* filmFrames(
  video: HTMLVideoElement,
  primitives: Pick<Primitives, "sha256" | "random">,
  onProgress: (progress: FilmProgress) => void,
  signal: AbortSignal,
): AsyncGenerator<Collected, void, void> {
  const collector = createFrameCollector(primitives)
  const canvas = document.createElement("canvas")
  const paint = canvas.getContext("2d", { willReadFrequently: true })
  if (paint === null) throw new TypeError("a canvas cannot be read here")
  const seen = { pictures: 0, read: 0 }
  let last: FrameProgress | null = null
  while (await nextPicture(video, signal)) {
    const scale = Math.min(1, MAX_SIDE / Math.max(video.videoWidth, video.videoHeight))
    canvas.width = Math.round(video.videoWidth * scale)
    canvas.height = Math.round(video.videoHeight * scale)
    if (canvas.width === 0) continue
    paint.drawImage(video, 0, 0, canvas.width, canvas.height)
    const text = textIn(paint.getImageData(0, 0, canvas.width, canvas.height))
    seen.pictures++
    try {
      if (text !== null) {
        last = await collector.add(text)
        seen.read++
      }
    } catch (error) {
      // Somebody else's QR code, or one that was misread: the next picture comes at once.
      if (!(error instanceof FrameError)) throw error
    }
    onProgress({ ...seen, last })
    if (text !== null && last?.whole) {
      yield last.whole
      last = { ...last, whole: null }
    }
  }
}

function textIn(picture: ImageData): string | null {
  try {
    return decodeQR(picture)
  } catch {
    return null
  }
}

async function nextPicture(video: HTMLVideoElement, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false
  return await new Promise((done) => {
    const handle = video.requestVideoFrameCallback(() => end(true))
    const stop = (): void => end(false)
    signal.addEventListener("abort", stop, { once: true })
    function end(more: boolean): void {
      video.cancelVideoFrameCallback(handle)
      signal.removeEventListener("abort", stop)
      done(more)
    }
  })
}
