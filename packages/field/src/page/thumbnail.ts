import { MAX_PREVIEW_BYTES } from "../media/index.ts"

/** Longest side in pixels, and how well it is drawn: the first that is small enough is taken. */
const TRIES = [
  [192, 0.7],
  [160, 0.55],
  [128, 0.45],
  [96, 0.35],
  [64, 0.3],
] as const

/** A small picture, at most {@link MAX_PREVIEW_BYTES}, drawn in memory; null where nothing can be drawn. */
export async function thumbnailOf(
  source: CanvasImageSource,
  width: number,
  height: number,
): Promise<Uint8Array | null> {
  if (width === 0 || height === 0) return null
  const canvas = document.createElement("canvas")
  for (const [side, quality] of TRIES) {
    const scale = Math.min(1, side / Math.max(width, height))
    canvas.width = Math.max(1, Math.round(width * scale))
    canvas.height = Math.max(1, Math.round(height * scale))
    canvas.getContext("2d")?.drawImage(source, 0, 0, canvas.width, canvas.height)
    const bytes = await jpegOf(canvas, quality)
    if (bytes !== null && bytes.length <= MAX_PREVIEW_BYTES) return bytes
  }
  return null
}

/** As {@link thumbnailOf}, of a picture's bytes. Not every phone's format can be drawn; it can be sealed all the same. */
export async function thumbnailOfPicture(picture: Blob): Promise<Uint8Array | null> {
  try {
    const bitmap = await createImageBitmap(picture)
    try {
      return await thumbnailOf(bitmap, bitmap.width, bitmap.height)
    } finally {
      bitmap.close()
    }
  } catch {
    return null
  }
}

/** What is drawn, as a JPEG that says nothing but what is seen. */
export async function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Uint8Array | null> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", quality))
  return blob === null ? null : new Uint8Array(await blob.arrayBuffer())
}
