import type { Page } from "playwright-core"

/** A poster of two colours, drawn by a browser. */
export async function poster(page: Page): Promise<Uint8Array> {
  const numbers = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(400, 560)
    const pen = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D
    pen.fillStyle = "#16324a"
    pen.fillRect(0, 0, 400, 560)
    pen.fillStyle = "#f0c060"
    pen.beginPath()
    pen.ellipse(200, 220, 40, 90, 0, 0, 2 * Math.PI)
    pen.fill()
    pen.fillRect(170, 310, 60, 180)
    const blob = await canvas.convertToBlob({ type: "image/png" })
    return [...new Uint8Array(await blob.arrayBuffer())]
  })
  return Uint8Array.from(numbers)
}
