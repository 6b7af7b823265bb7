// Runs inside the browser page, first of four: numbers, noise and canvases.
/* global document */

const clamp = (x, a, b) => (x < a ? a : x > b ? b : x)
const mix = (a, b, t) => a + (b - a) * t
const step = (a, b, x) => {
  const t = clamp((x - a) / (b - a), 0, 1)
  return t * t * (3 - 2 * t)
}

function random(seed) {
  let s = seed >>> 0
  return () => {
    s = (s + 0x6d2b79f5) >>> 0
    let t = s
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

// Tileable value noise, 256 cells a side, -1..1.
function noiseField(seed) {
  const r = random(seed)
  const n = 256
  const g = new Float32Array(n * n)
  for (let i = 0; i < g.length; i++) g[i] = r() * 2 - 1
  return (x, y) => {
    const xi = Math.floor(x)
    const yi = Math.floor(y)
    let fx = x - xi
    let fy = y - yi
    fx = fx * fx * (3 - 2 * fx)
    fy = fy * fy * (3 - 2 * fy)
    const x0 = xi & 255
    const x1 = (xi + 1) & 255
    const y0 = (yi & 255) << 8
    const y1 = ((yi + 1) & 255) << 8
    const a = g[y0 + x0] + (g[y0 + x1] - g[y0 + x0]) * fx
    const b = g[y1 + x0] + (g[y1 + x1] - g[y1 + x0]) * fx
    return a + (b - a) * fy
  }
}

function canvasOf(w, h) {
  const c = document.createElement("canvas")
  c.width = w
  c.height = h
  return c
}
