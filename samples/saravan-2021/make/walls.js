// Runs inside the browser page, second of four: what each wall is made of.

// One wall material: returns [r, g, b, height] at texel (x, y).
const walls = {
  brick(n, P) {
    const bw = P.bw ?? 150
    const bh = P.bh ?? 46
    return (x, y, out) => {
      const wx = x + n(x / 60, y / 60) * 2.5
      const wy = y + n(x / 70 + 9, y / 70) * 2.5
      const row = Math.floor(wy / bh)
      const off = (row & 1) * bw * 0.5
      const col = Math.floor((wx + off) / bw)
      const fx = wx + off - col * bw
      const fy = wy - row * bh
      const e = Math.min(fx, bw - fx, fy, bh - fy)
      const m = step(2.2, 6.5, e + n(x / 9, y / 9) * 1.6)
      const t = n(col * 3.7 + 0.5, row * 5.3 + 0.5)
      const grain = n(x / 3, y / 3) * 0.5 + n(x / 13, y / 13) * 0.5
      const k = 1 + t * 0.17 + grain * 0.1
      out[0] = mix(P.mortar[0] * (1 + grain * 0.1), P.base[0] * k, m)
      out[1] = mix(P.mortar[1] * (1 + grain * 0.1), P.base[1] * k * (1 - t * 0.03), m)
      out[2] = mix(P.mortar[2] * (1 + grain * 0.1), P.base[2] * k * (1 - t * 0.06), m)
      out[3] = m * 5 + grain * 1.6 + t * 0.8
    }
  },
  plaster(n, P) {
    return (x, y, out) => {
      const big = n(x / 310, y / 310)
      const mid = n(x / 90 + 4, y / 90) * 0.6 + n(x / 37, y / 37 + 8) * 0.4
      const fine = n(x / 7, y / 7) * 0.6 + n(x / 2.6, y / 2.6) * 0.4
      const trowel = n(x / 140 + y / 60, y / 26 - x / 190)
      const k = 1 + big * 0.1 + mid * 0.06 + fine * 0.045 + trowel * 0.035
      let r = P.base[0] * k
      let g = P.base[1] * k
      let b = P.base[2] * k
      let h = fine * 1.5 + trowel * 1.3 + mid * 2
      if (P.flake) {
        const f = n(x / 230 + 50, y / 200) + 0.35 * n(x / 40, y / 40) + 0.14 * n(x / 11, y / 11)
        const under = step(P.flake, P.flake + 0.03, f)
        if (under > 0) {
          r = mix(r, P.under[0] * (1 + fine * 0.14 + mid * 0.1), under)
          g = mix(g, P.under[1] * (1 + fine * 0.14 + mid * 0.1), under)
          b = mix(b, P.under[2] * (1 + fine * 0.14 + mid * 0.1), under)
          h -= under * 6
        }
      }
      if (P.damp) {
        const d = step(P.damp - 330, P.damp + 120, y + n(x / 130, y / 400) * 190 + n(x / 30, y / 60) * 40)
        const moss = d * step(0, 0.6, n(x / 55 + 17, y / 55))
        r = mix(r, r * (0.56 - moss * 0.14), d)
        g = mix(g, g * (0.62 - moss * 0.03), d)
        b = mix(b, b * (0.6 - moss * 0.2), d)
      }
      out[0] = r
      out[1] = g
      out[2] = b
      out[3] = h
    }
  },
  earth(n, P) {
    // mud and straw
    return (x, y, out) => {
      const big = n(x / 260, y / 260)
      const lump = n(x / 46, y / 40) * 0.6 + n(x / 19 + 3, y / 19) * 0.4
      const fine = n(x / 5, y / 5)
      const s1 = n(x / 26 + y / 9, y / 3.2 - x / 8)
      const s2 = n(x / 3.4 - y / 9, y / 24 + x / 10)
      const straw = Math.max(step(0.68, 0.86, s1), step(0.7, 0.88, s2))
      const k = 1 + big * 0.1 + lump * 0.1 + fine * 0.05
      out[0] = P.base[0] * k + straw * 38
      out[1] = P.base[1] * k + straw * 32
      out[2] = P.base[2] * k + straw * 17
      out[3] = lump * 5 + fine * 1.3 + straw * 1.7
    }
  },
  concrete(n, P) {
    const pw = P.pw ?? 640
    const ph = P.ph ?? 520
    return (x, y, out) => {
      const big = n(x / 280, y / 240) * 0.6 + n(x / 80, y / 80) * 0.4
      const fine = n(x / 6, y / 6) * 0.5 + n(x / 2.3, y / 2.3) * 0.5
      const run = n(x / 16, y / 620) * step(0, 0.5, n(x / 90 + 8, 3.5))
      const fx = ((x % pw) + pw) % pw
      const fy = ((y % ph) + ph) % ph
      const joint = 1 - step(1.5, 4.5, Math.min(fx, pw - fx, fy, ph - fy))
      const hx = Math.min(Math.abs(fx - pw * 0.2), Math.abs(fx - pw * 0.8))
      const hole =
        1 - step(7, 10, Math.hypot(hx, Math.min(Math.abs(fy - ph * 0.25), Math.abs(fy - ph * 0.75))))
      const pit =
        step(0.6, 0.9, n(x / 6 + y / 17 + 40, y / 5 - x / 19 + 11)) * step(0.1, 0.5, n(x / 33, y / 29 + 7))
      const k =
        (1 + big * 0.12 + fine * 0.05 - Math.abs(run) * 0.14) *
        (1 - joint * 0.4) *
        (1 - hole * 0.6) *
        (1 - pit * 0.2)
      out[0] = P.base[0] * k
      out[1] = P.base[1] * k
      out[2] = P.base[2] * k
      out[3] = fine * 1 + big * 1.4 - joint * 5 - hole * 7 - pit * 2
    }
  },
  stone(n, P) {
    // travertine slabs
    const pw = P.pw ?? 520
    const ph = P.ph ?? 300
    return (x, y, out) => {
      const row = Math.floor(y / ph)
      const xo = x + (row & 1) * pw * 0.5
      const col = Math.floor(xo / pw)
      const fx = xo - col * pw
      const fy = y - row * ph
      const joint = 1 - step(1.2, 3.6, Math.min(fx, pw - fx, fy, ph - fy))
      const t = n(col * 2.9 + 0.5, row * 4.1 + 0.5)
      const vein = n(x / 260 + col * 7, y / 9 + n(x / 120, y / 50) * 2 + row * 5)
      const vein2 = n(x / 90 + col * 3, y / 4.2 + row * 9)
      const pore = step(0.66, 0.86, n(x / 22 + 9, y / 4))
      const fine = n(x / 2.8, y / 2.8)
      const k =
        (1 + t * 0.07 + vein * 0.065 + vein2 * 0.03 + fine * 0.025) * (1 - joint * 0.5) * (1 - pore * 0.18)
      out[0] = P.base[0] * k
      out[1] = P.base[1] * k * (1 - vein * 0.01)
      out[2] = P.base[2] * k * (1 - vein * 0.03)
      out[3] = fine * 0.7 - joint * 5 - pore * 2.4 + t * 1.2
    }
  },
  shutter(n, P) {
    // a closed shop's rolling shutter
    const s = P.slat ?? 62
    return (x, y, out) => {
      const fy = ((y % s) + s) / s - Math.floor(((y % s) + s) / s)
      const prof =
        fy < 0.12
          ? -step(0, 0.06, 0.06 - Math.abs(fy - 0.06)) * 6
          : Math.sin(((fy - 0.12) / 0.88) * Math.PI) * 9
      const rust = step(0.45, 0.85, n(x / 70 + 6, y / 30) + n(x / 12, y / 12) * 0.3 + (fy < 0.2 ? 0.18 : 0))
      const run = n(x / 9, y / 300) * 0.5 + n(x / 40, y / 160) * 0.5
      const fine = n(x / 2.6, y / 2.6)
      const k = (1 + run * 0.1 + fine * 0.03) * (fy < 0.12 ? 0.55 : 1)
      out[0] = mix(P.base[0] * k, 112, rust * 0.6)
      out[1] = mix(P.base[1] * k, 74, rust * 0.6)
      out[2] = mix(P.base[2] * k, 50, rust * 0.6)
      out[3] = prof + fine * 0.5
    }
  },
  block(n, P) {
    // painted cement blocks: lower part one colour, upper part another
    const bw = P.bw ?? 330
    const bh = P.bh ?? 165
    return (x, y, out) => {
      const row = Math.floor(y / bh)
      const xo = x + (row & 1) * bw * 0.5
      const col = Math.floor(xo / bw)
      const fx = xo - col * bw
      const fy = y - row * bh
      const e = Math.min(fx, bw - fx, fy, bh - fy) + n(x / 12, y / 12) * 1.6
      const m = step(1, 9, e)
      const t = n(col * 3.1 + 0.5, row * 4.7 + 0.5)
      const pit = step(0.45, 0.8, n(x / 4, y / 4))
      const mid = n(x / 60, y / 60)
      const low = step(P.band - 4, P.band + 4, y + n(x / 90, 2) * 7)
      const worn = step(0.5, 0.72, n(x / 44 + 20, y / 44) + n(x / 9, y / 9) * 0.3)
      const k = (1 + t * 0.05 + mid * 0.07 + n(x / 2.5, y / 2.5) * 0.05) * mix(0.72, 1, m) * (1 - pit * 0.12)
      for (let i = 0; i < 3; i++) out[i] = mix(mix(P.base[i], P.low[i], low), P.bare[i], worn * 0.75) * k
      out[3] = m * 4 - pit * 1.8 + mid
    }
  },
}
