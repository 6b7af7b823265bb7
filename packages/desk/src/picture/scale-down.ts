/** Pixels as red, green, blue, alpha, row by row from the top left. */
export interface Pixels {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/**
 * Scales down until the longer side is at most `maxSide`; a picture that is small enough comes back as it is.
 *
 * Every new pixel is the mean of the old ones that it covers, whole ones only: good enough for a step down, and it
 * invents nothing.
 */
export function scaleDown(pixels: Pixels, maxSide: number): Pixels {
  const factor = maxSide / Math.max(pixels.width, pixels.height)
  if (factor >= 1) return pixels
  const width = Math.max(1, Math.round(pixels.width * factor))
  const height = Math.max(1, Math.round(pixels.height * factor))
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    const [top, bottom] = covered(y, height, pixels.height)
    for (let x = 0; x < width; x++) {
      const [left, right] = covered(x, width, pixels.width)
      writeMean(pixels, data, (y * width + x) * 4, { top, bottom, left, right })
    }
  }
  return { data, width, height }
}

// The first old pixel that a new one covers, and the one after the last.
function covered(index: number, newLength: number, oldLength: number): readonly [number, number] {
  const from = Math.floor((index * oldLength) / newLength)
  return [from, Math.max(from + 1, Math.floor(((index + 1) * oldLength) / newLength))]
}

function writeMean(
  pixels: Pixels,
  data: Uint8ClampedArray,
  at: number,
  box: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number },
): void {
  let red = 0
  let green = 0
  let blue = 0
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      const i = (y * pixels.width + x) * 4
      red += pixels.data[i] as number
      green += pixels.data[i + 1] as number
      blue += pixels.data[i + 2] as number
    }
  }
  const count = (box.bottom - box.top) * (box.right - box.left)
  data[at] = red / count
  data[at + 1] = green / count
  data[at + 2] = blue / count
  data[at + 3] = 255
}
