import { codeOf } from "./code.ts"

/**
 * Shows frames on a canvas in a loop, until it is aborted. The canvas gets one pixel a module; its size on the screen,
 * and `image-rendering: pixelated`, are the page's. Pictures that change this fast flicker: a page starts it only when a
 * person asked for it (WCAG 2.2.2, 2.3.1).
 *
 * @param perSecond - 1 to 15; cheap cameras follow up to 10.
 */
export async function showFrames(
  canvas: HTMLCanvasElement,
  frames: readonly string[],
  perSecond: number,
  signal: AbortSignal,
): Promise<void> {
  const paint = canvas.getContext("2d")
  if (paint === null) throw new TypeError("this canvas cannot be drawn on")
  for (let at = 0; !signal.aborted; at = (at + 1) % frames.length) {
    const code = codeOf(frames[at] as string)
    if (canvas.width !== code.length) canvas.width = canvas.height = code.length
    const pixels = paint.createImageData(code.length, code.length)
    new Uint32Array(pixels.data.buffer).set(code.flat().map((dark) => (dark ? 0xff000000 : 0xffffffff)))
    paint.putImageData(pixels, 0, 0)
    await pause(1_000 / perSecond, signal)
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((done) => {
    const timer = setTimeout(end, ms)
    signal.addEventListener("abort", end, { once: true })
    function end(): void {
      clearTimeout(timer)
      signal.removeEventListener("abort", end)
      done()
    }
  })
}
