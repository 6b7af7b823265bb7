// Runs inside the browser page, third of four: words by hand, and posters.

function layWords(ctx, S, r) {
  ctx.direction = "rtl"
  ctx.textAlign = "right"
  ctx.textBaseline = "alphabetic"
  ctx.lineJoin = "round"
  ctx.fillStyle = "#fff"
  ctx.strokeStyle = "#fff"
  for (const line of S.lines) {
    ctx.font = `${line.weight ?? S.weight} ${line.size}px "${S.font}"`
    const words = line.text.split(" ")
    const widths = words.map((w) => ctx.measureText(w).width)
    const gap = line.size * (S.gap ?? 0.26)
    const total = widths.reduce((a, b) => a + b, 0) + gap * (words.length - 1)
    let x = line.x + total / 2
    words.forEach((w, i) => {
      ctx.save()
      const drift = (line.x - x + total / 2) * Math.tan(S.slope ?? 0)
      ctx.translate(x, line.y + drift + (r() - 0.5) * line.size * 0.08)
      ctx.rotate(-(S.slope ?? 0) * 0.8 + (r() - 0.5) * 0.05)
      const k = 1 + (r() - 0.5) * 0.07
      ctx.scale(k, k)
      ctx.fillText(w, 0, 0)
      if (S.stroke) {
        ctx.lineWidth = S.stroke
        ctx.strokeText(w, 0, 0)
      }
      ctx.restore()
      x -= widths[i] + gap
    })
  }
}

function drip(ctx, S, r, w, h) {
  const d = ctx.getImageData(0, 0, w, h).data
  let left = S.drips ?? 0
  for (let i = 0; i < 60000 && left > 0; i++) {
    const x = Math.floor(r() * w)
    const y = Math.floor(r() * (h - 12))
    if (d[(y * w + x) * 4 + 3] > 200 && d[((y + 8) * w + x) * 4 + 3] < 40) {
      const len = 25 + r() * r() * 190
      const wd = 3 + r() * 4
      ctx.strokeStyle = "#fff"
      ctx.lineCap = "round"
      ctx.lineWidth = wd
      ctx.beginPath()
      ctx.moveTo(x, y - 3)
      ctx.quadraticCurveTo(x + (r() - 0.5) * 4, y + len * 0.5, x + (r() - 0.5) * 5, y + len)
      ctx.stroke()
      ctx.beginPath()
      ctx.ellipse(x, y + len, wd * 0.68, wd * 1.05, 0, 0, 7)
      ctx.fill()
      left--
    }
  }
}

const art = {
  // Two ranges of hills, a road that goes on, a low moon.
  hills(g, w, h, ink, paper) {
    g.fillStyle = ink
    g.beginPath()
    g.arc(w * 0.3, h * 0.2, w * 0.085, 0, 7)
    g.fill()
    g.beginPath()
    g.moveTo(0, h * 0.47)
    for (const [x, y] of [
      [0.1, 0.4],
      [0.2, 0.43],
      [0.36, 0.31],
      [0.44, 0.35],
      [0.55, 0.26],
      [0.63, 0.3],
      [0.74, 0.22],
      [0.86, 0.34],
      [0.93, 0.32],
      [1, 0.38],
    ])
      g.lineTo(w * x, h * y)
    g.lineTo(w, h * 0.56)
    g.lineTo(0, h * 0.56)
    g.fill()
    g.fillStyle = paper
    g.beginPath()
    g.moveTo(w * 0.46, h * 0.565)
    g.bezierCurveTo(w * 0.6, h * 0.51, w * 0.36, h * 0.475, w * 0.56, h * 0.42)
    g.lineTo(w * 0.572, h * 0.42)
    g.bezierCurveTo(w * 0.42, h * 0.475, w * 0.74, h * 0.51, w * 0.62, h * 0.565)
    g.fill()
    g.strokeStyle = paper
    g.lineWidth = w * 0.006
    for (const [a, b, c, d] of [
      [0.36, 0.335, 0.3, 0.42],
      [0.55, 0.285, 0.5, 0.36],
      [0.74, 0.245, 0.8, 0.37],
      [0.74, 0.265, 0.7, 0.36],
      [0.2, 0.445, 0.14, 0.51],
    ]) {
      g.beginPath()
      g.moveTo(w * a, h * b)
      g.lineTo(w * c, h * d)
      g.stroke()
    }
  },
  // A fuel can with a small plant in its mouth.
  can(g, w, h, ink, paper) {
    g.save()
    g.translate(w * 0.5, h * 0.345)
    const s = w * 0.0031
    g.scale(s, s)
    g.fillStyle = ink
    g.beginPath()
    g.moveTo(-58, -50)
    g.lineTo(36, -50)
    g.lineTo(64, -22)
    g.lineTo(64, 78)
    g.quadraticCurveTo(64, 88, 54, 88)
    g.lineTo(-54, 88)
    g.quadraticCurveTo(-64, 88, -64, 78)
    g.lineTo(-64, -42)
    g.quadraticCurveTo(-64, -50, -58, -50)
    g.fill()
    g.strokeStyle = ink
    g.lineWidth = 9
    g.strokeRect(-46, -72, 54, 24)
    g.strokeStyle = paper
    g.lineWidth = 5
    g.beginPath()
    g.moveTo(-42, -26)
    g.lineTo(42, 66)
    g.moveTo(42, -8)
    g.lineTo(-42, 66)
    g.stroke()
    g.strokeStyle = ink
    g.lineWidth = 5
    g.lineCap = "round"
    g.beginPath()
    g.moveTo(50, -36)
    g.bezierCurveTo(56, -62, 46, -82, 58, -112)
    g.stroke()
    g.fillStyle = ink
    for (const [x, y, a] of [
      [52, -70, -0.7],
      [54, -84, 0.75],
      [57, -112, -0.1],
    ]) {
      g.save()
      g.translate(x, y)
      g.rotate(a)
      g.beginPath()
      g.moveTo(0, 0)
      g.quadraticCurveTo(13, -14, 0, -32)
      g.quadraticCurveTo(-13, -14, 0, 0)
      g.fill()
      g.restore()
    }
    g.restore()
  },
  // Rings that spread from one point, two cypresses.
  voice(g, w, h, ink) {
    g.strokeStyle = ink
    g.save()
    g.beginPath()
    g.rect(0, 0, w, h * 0.52)
    g.clip()
    for (let i = 0; i < 9; i++) {
      g.lineWidth = w * (0.016 - i * 0.0013)
      g.beginPath()
      g.arc(w * 0.5, h * 0.52, w * (0.06 + i * 0.052), Math.PI, Math.PI * 2)
      g.stroke()
    }
    g.fillStyle = ink
    g.beginPath()
    g.arc(w * 0.5, h * 0.52, w * 0.03, 0, 7)
    g.fill()
    g.restore()
    g.fillRect(w * 0.08, h * 0.52, w * 0.84, w * 0.008)
  },
  // Three candles.
  candles(g, w, h, ink) {
    for (const [x, top] of [
      [0.3, 0.33],
      [0.5, 0.25],
      [0.7, 0.36],
    ]) {
      const cx = w * x
      const cy = h * top
      g.fillStyle = ink
      g.fillRect(cx - w * 0.03, cy, w * 0.06, h * 0.54 - cy)
      g.fillRect(cx - w * 0.003, cy - h * 0.014, w * 0.006, h * 0.016)
      g.beginPath()
      g.moveTo(cx, cy - h * 0.092)
      g.bezierCurveTo(cx + w * 0.05, cy - h * 0.045, cx + w * 0.03, cy - h * 0.008, cx, cy - h * 0.008)
      g.bezierCurveTo(cx - w * 0.03, cy - h * 0.008, cx - w * 0.045, cy - h * 0.04, cx, cy - h * 0.092)
      g.fill()
    }
    g.fillRect(w * 0.14, h * 0.54, w * 0.72, w * 0.008)
  },
}

function poster(P, seed) {
  const w = 640
  const h = 905
  const c = canvasOf(w, h)
  const g = c.getContext("2d")
  const r = random(seed)
  g.fillStyle = P.paper
  g.fillRect(0, 0, w, h)
  art[P.art](g, w, h, P.ink, P.paper)
  g.direction = "rtl"
  g.textAlign = "center"
  g.textBaseline = "alphabetic"
  g.fillStyle = P.ink
  for (const l of P.lines) {
    g.font = `${l.weight ?? 400} ${l.size}px "${l.font}"`
    g.fillText(l.text, w / 2, l.y)
  }
  // printed on an old copier: faint bands and flecks
  const d = g.getImageData(0, 0, w, h)
  for (let y = 0; y < h; y++) {
    const band = 1 + Math.sin(y * 0.05) * 0.008 + (r() - 0.5) * 0.012
    for (let x = 0; x < w; x++) {
      const i = (y * w + x) * 4
      const f = band * (1 + (r() - 0.5) * 0.05)
      for (let k = 0; k < 3; k++) d.data[i + k] = clamp(d.data[i + k] * f + (r() < 0.002 ? 18 : 0), 0, 255)
    }
  }
  g.putImageData(d, 0, 0)
  return c
}
