import type { Cover } from "./covers.tsx"

// Longest side that is handed to the desk, in pixels; the desk scales further down.
const MAX_SIDE = 4096
const JPEG_QUALITY = 0.95

/** Draws a picture anew with its covers painted over its pixels. @returns a JPEG. */
export async function drawCovered(picture: Blob, covers: readonly Cover[]): Promise<Blob> {
  const bitmap = await createImageBitmap(picture)
  const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement("canvas")
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  const context = canvas.getContext("2d") as CanvasRenderingContext2D
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  context.fillStyle = "#000"
  for (const { x, y, width, height } of covers)
    context.fillRect(
      Math.floor(x * canvas.width),
      Math.floor(y * canvas.height),
      Math.ceil(width * canvas.width),
      Math.ceil(height * canvas.height),
    )
  return await jpegOf(canvas)
}

/** The frame that a video shows now. @returns a JPEG. */
export async function drawFrame(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement("canvas")
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext("2d")?.drawImage(video, 0, 0)
  return await jpegOf(canvas)
}

/** Standard base64 of a blob's bytes. */
export async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ""
  for (let i = 0; i < bytes.length; i += 32_768) text += String.fromCharCode(...bytes.subarray(i, i + 32_768))
  return btoa(text)
}

async function jpegOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return await new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error("the picture could not be drawn")) : resolve(blob)),
      "image/jpeg",
      JPEG_QUALITY,
    ),
  )
}
