// Runs inside the browser page, last of four. Draws one wall with words on it and returns a canvas.
// Everything is drawn from numbers: no photograph goes in.

globalThis.drawScene = (C) => {
  const [W, H] = C.size
  const r = random(C.seed)
  const n = noiseField(C.seed * 7 + 1)
  const TW = Math.round(W * 1.5)
  const TH = Math.round(H * 1.5)
  const cx = TW / 2
  const cy = TH / 2

  // the words
  let mask = null
  if (C.slogan) {
    const m = canvasOf(TW, TH)
    const g = m.getContext("2d", { willReadFrequently: true })
    g.translate(cx, cy)
    layWords(g, C.slogan, r)
    g.setTransform(1, 0, 0, 1, 0, 0)
    drip(g, C.slogan, r, TW, TH)
    const b = canvasOf(TW, TH)
    const gb = b.getContext("2d", { willReadFrequently: true })
    gb.filter = `blur(${C.slogan.soft ?? 1.5}px)`
    gb.drawImage(m, 0, 0)
    mask = gb.getImageData(0, 0, TW, TH).data
  }
  // older paint under the words: a pale square where something was covered
  // the sheets
  let sheet = null
  let sheetShadow = null
  if (C.posters) {
    const s = canvasOf(TW, TH)
    const g = s.getContext("2d", { willReadFrequently: true })
    const sh = canvasOf(TW, TH)
    const gs = sh.getContext("2d", { willReadFrequently: true })
    C.posters.forEach((p, i) => {
      const img = poster(p, C.seed + i * 31)
      const w = p.width
      const h = (w * 905) / 640
      for (const [ctx, dx, dy] of [
        [gs, C.light[0] < 0 ? 9 : -9, 12],
        [g, 0, 0],
      ]) {
        ctx.save()
        ctx.translate(cx + p.x + dx, cy + p.y + dy)
        ctx.rotate(p.turn)
        if (ctx === g) {
          ctx.imageSmoothingQuality = "high"
          ctx.drawImage(img, -w / 2, -h / 2, w, h)
          if (p.tape) {
            ctx.fillStyle = p.tape
            for (const [tx, ty, a] of [
              [-w / 2, -h / 2, -0.75],
              [w / 2, -h / 2, 0.72],
              [-w / 2, h / 2, 0.8],
              [w / 2, h / 2, -0.7],
            ]) {
              ctx.save()
              ctx.translate(tx, ty)
              ctx.rotate(a)
              ctx.fillRect(-52, -17, 104, 34)
              ctx.restore()
            }
          }
        } else {
          ctx.filter = "blur(9px)"
          ctx.fillStyle = "#000"
          ctx.fillRect(-w / 2, -h / 2, w, h)
        }
        ctx.restore()
      }
    })
    sheet = g.getImageData(0, 0, TW, TH).data
    sheetShadow = gs.getImageData(0, 0, TW, TH).data
  }
  // shadows of a pole, a cable, a bare tree
  const sc = canvasOf(TW, TH)
  {
    const g = sc.getContext("2d", { willReadFrequently: true })
    g.filter = `blur(${C.shadowBlur ?? 12}px)`
    g.strokeStyle = "#000"
    g.lineCap = "round"
    if (C.tree) {
      const grow = (x, y, a, len, wd, depth) => {
        const x2 = x + Math.cos(a) * len
        const y2 = y + Math.sin(a) * len
        g.lineWidth = wd
        g.beginPath()
        g.moveTo(x, y)
        g.quadraticCurveTo(
          (x + x2) / 2 + (r() - 0.5) * len * 0.2,
          (y + y2) / 2 + (r() - 0.5) * len * 0.2,
          x2,
          y2,
        )
        g.stroke()
        if (depth > 0) {
          const k = 2 + (r() < 0.4 ? 1 : 0)
          for (let i = 0; i < k; i++)
            grow(x2, y2, a + (r() - 0.5) * 1.3, len * (0.62 + r() * 0.2), wd * 0.62, depth - 1)
        }
      }
      grow(cx + C.tree[0], cy + C.tree[1], C.tree[2], C.tree[3], 34, 6)
    }
    if (C.pole !== undefined) {
      g.lineWidth = 46
      g.beginPath()
      g.moveTo(cx + C.pole, -50)
      g.lineTo(cx + C.pole + 130, TH + 50)
      g.stroke()
    }
    if (C.cable) {
      g.lineWidth = 7
      g.beginPath()
      g.moveTo(-20, cy + C.cable[0])
      g.quadraticCurveTo(cx, cy + C.cable[1], TW + 20, cy + C.cable[2])
      g.stroke()
    }
  }
  const shade = sc.getContext("2d").getImageData(0, 0, TW, TH).data

  const N = TW * TH
  const R = new Float32Array(N)
  const G = new Float32Array(N)
  const B = new Float32Array(N)
  const Z = new Float32Array(N)
  const px = [0, 0, 0, 0]
  const wall = walls[C.wall.kind](n, C.wall)
  const ground = C.ground === undefined ? Infinity : cy + C.ground
  const S = C.slogan
  for (let y = 0; y < TH; y++) {
    for (let x = 0; x < TW; x++) {
      const i = y * TW + x
      wall(x, y, px)
      // dirt from rain and traffic near the foot of the wall
      const foot = step(ground - 420, ground, y + n(x / 80, y / 80) * 60)
      const dirt = 1 - foot * 0.3 - step(0.35, 0.8, n(x / 19, y / 520 + 30)) * (C.streak ?? 0.08)
      px[0] *= dirt
      px[1] *= dirt
      px[2] *= dirt
      if (mask) {
        const wob = S.wobble ?? 7
        const dx = n(x / 95, y / 95) * wob + n(x / 10, y / 10) * 1.6
        const dy = n(x / 95 + 70, y / 95) * wob + n(x / 10 + 40, y / 10) * 1.6
        const sx = clamp(Math.round(x + dx), 0, TW - 1)
        const sy = clamp(Math.round(y + dy), 0, TH - 1)
        let a = mask[(sy * TW + sx) * 4 + 3] / 255
        if (S.kind === "spray") {
          const halo = a
          a = step(0.2, 0.85, a)
          a = Math.max(a, halo * 0.6 * step(0.1, 0.7, n(x / 2.1, y / 2.1) * 0.5 + halo))
          a *= 0.93 + n(x / 50, y / 50) * 0.07
        } else {
          a = step(0.32, 0.62, a)
          const hair = n(x / 85 + y / 40, y / 4.2 - x / 60) * 0.6 + n(x / 30, y / 2.4) * 0.4
          const dry = step(-0.15, 0.75, n(x / 150 + 12, y / 110 + 3) + hair * 0.45)
          a *= 1 - dry * (S.dry ?? 0.55)
        }
        a *= mix(0.72, 1, step(-3.5, 1.5, px[3]))
        a *= S.cover ?? 0.94
        const t = 1 + n(x / 40, y / 40) * 0.05
        px[0] = mix(px[0], S.ink[0] * t, a)
        px[1] = mix(px[1], S.ink[1] * t, a)
        px[2] = mix(px[2], S.ink[2] * t, a)
        px[3] += a * 0.5
      }
      if (y > ground) {
        const d = y - ground
        const f = n(x / 9, y / 4) * 0.5 + n(x / 3, y / 1.8) * 0.5
        const slab = (((x + d * 0.35 * ((x - cx) / TW)) % 260) + 260) % 260
        const j = 1 - step(1, 4, Math.min(slab, 260 - slab, Math.abs(d - 130)))
        const k = (1 + f * 0.12 + n(x / 90, y / 40) * 0.1) * (1 - j * 0.35) * step(-40, 26, d)
        px[0] = C.floor[0] * k
        px[1] = C.floor[1] * k
        px[2] = C.floor[2] * k
        px[3] = f * 1.2 - j * 2
      }
      if (sheet) {
        const q = i * 4
        const a = sheet[q + 3] / 255
        const sh = (sheetShadow[q + 3] / 255) * (1 - a) * 0.5
        for (let k = 0; k < 3; k++) px[k] = mix(px[k] * (1 - sh), sheet[q + k], a)
        if (a > 0.02) {
          // paste wrinkles; the wall shows a little through the paper
          const wr = n(x / 130 + y / 300, y / 34 + 20) * 2 + Math.abs(n(x / 60, y / 75 + 60)) * 6
          px[3] = mix(px[3], px[3] * 0.22 + wr, a)
        }
      }
      R[i] = px[0]
      G[i] = px[1]
      B[i] = px[2]
      Z[i] = px[3]
    }
  }

  // light
  const [lx, ly, lz] = [cx + C.light[0], cy + C.light[1], C.light[2]]
  const reach = C.light[3]
  const lamp = C.lamp
  const amb = C.ambient
  const bump = C.bump ?? 0.16
  for (let y = 0; y < TH; y++) {
    for (let x = 0; x < TW; x++) {
      const i = y * TW + x
      const zx = (Z[y * TW + Math.min(x + 1, TW - 1)] - Z[y * TW + Math.max(x - 1, 0)]) * bump
      const zy = (Z[Math.min(y + 1, TH - 1) * TW + x] - Z[Math.max(y - 1, 0) * TW + x]) * bump
      const vx = lx - x
      const vy = ly - y
      const d2 = vx * vx + vy * vy + lz * lz
      const d = Math.sqrt(d2)
      const nn = Math.sqrt(1 + zx * zx + zy * zy)
      const cos = Math.max(0, (-zx * vx - zy * vy + lz) / (nn * d))
      let e = cos * Math.pow(reach / (reach + d), 2) * 4
      const s = shade[i * 4 + 3] / 255
      e *= 1 - s * (C.shadowDepth ?? 0.6)
      const up = 1 - zy * 0.12
      R[i] *= (lamp[0] * e + amb[0] * up) / 255
      G[i] *= (lamp[1] * e + amb[1] * up) / 255
      B[i] *= (lamp[2] * e + amb[2] * up) / 255
    }
  }

  // the camera
  const out = canvasOf(W, H)
  const g = out.getContext("2d", { willReadFrequently: true })
  const img = g.createImageData(W, H)
  const [pX, pY] = C.camera
  const roll = C.camera[2]
  const zoom = C.camera[3] ?? 1
  const co = Math.cos(roll)
  const si = Math.sin(roll)
  const tone = (v) => {
    const t = Math.max(0, v)
    return 255 * (1 - Math.exp(-t * 2.05)) ** 0.82
  }
  const grain = C.grain ?? 5
  for (let y = 0; y < H; y++) {
    for (let x = 0; x < W; x++) {
      const X = (x - W / 2) / (H / 2)
      const Y = (y - H / 2) / (H / 2)
      const xr = X * co - Y * si
      const yr = X * si + Y * co
      const w = 1 + pX * xr + pY * yr
      const u = clamp(cx + (xr / w) * (H / 2) * zoom, 0, TW - 2.001)
      const v = clamp(cy + (yr / w) * (H / 2) * zoom, 0, TH - 2.001)
      const ui = u | 0
      const vi = v | 0
      const fu = u - ui
      const fv = v - vi
      const k = vi * TW + ui
      const w00 = (1 - fu) * (1 - fv)
      const w10 = fu * (1 - fv)
      const w01 = (1 - fu) * fv
      const w11 = fu * fv
      const vig = 1 - 0.16 * (X * X + Y * Y) * 0.6
      const o = (y * W + x) * 4
      const luma = (r() + r() - 1) * grain
      const put = (A, c) => {
        const val = (A[k] * w00 + A[k + 1] * w10 + A[k + TW] * w01 + A[k + TW + 1] * w11) * vig
        img.data[o + c] = clamp(tone(val) + luma + (r() - 0.5) * grain * 0.5, 0, 255)
      }
      put(R, 0)
      put(G, 1)
      put(B, 2)
      img.data[o + 3] = 255
    }
  }
  g.putImageData(img, 0, 0)
  const soft = canvasOf(W, H)
  const gs = soft.getContext("2d")
  gs.filter = `blur(${C.focus ?? 0.6}px)`
  gs.drawImage(out, 0, 0)
  return soft
}

globalThis.drawNote = (canvas, size) => {
  const g = canvas.getContext("2d")
  const w = canvas.width
  const h = canvas.height
  const pad = size * 0.9
  g.filter = "none"
  g.direction = "rtl"
  g.textAlign = "left"
  g.textBaseline = "alphabetic"
  g.font = `500 ${size}px Vazirmatn, "Noto Sans"`
  g.shadowColor = "rgba(0,0,0,.85)"
  g.shadowBlur = size * 0.35
  g.fillStyle = "rgba(255,255,255,.86)"
  g.fillText("تصویر ساختگی برای تمرین · drawn for rehearsal", pad, h - pad)
  g.shadowColor = "transparent"
  return w
}
