// Runs inside the browser page. Draws one wall with words on it and returns a canvas.
// Everything is drawn from numbers: no photograph goes in.
/* global document */
(() => {
  const clamp = (x, a, b) => (x < a ? a : x > b ? b : x);
  const mix = (a, b, t) => a + (b - a) * t;
  const step = (a, b, x) => {
    const t = clamp((x - a) / (b - a), 0, 1);
    return t * t * (3 - 2 * t);
  };

  function random(seed) {
    let s = seed >>> 0;
    return () => {
      s = (s + 0x6d2b79f5) >>> 0;
      let t = s;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  }

  // Tileable value noise, 256 cells a side, -1..1.
  function noiseField(seed) {
    const r = random(seed);
    const n = 256;
    const g = new Float32Array(n * n);
    for (let i = 0; i < g.length; i++) g[i] = r() * 2 - 1;
    return (x, y) => {
      const xi = Math.floor(x);
      const yi = Math.floor(y);
      let fx = x - xi;
      let fy = y - yi;
      fx = fx * fx * (3 - 2 * fx);
      fy = fy * fy * (3 - 2 * fy);
      const x0 = xi & 255;
      const x1 = (xi + 1) & 255;
      const y0 = (yi & 255) << 8;
      const y1 = ((yi + 1) & 255) << 8;
      const a = g[y0 + x0] + (g[y0 + x1] - g[y0 + x0]) * fx;
      const b = g[y1 + x0] + (g[y1 + x1] - g[y1 + x0]) * fx;
      return a + (b - a) * fy;
    };
  }

  function canvasOf(w, h) {
    const c = document.createElement('canvas');
    c.width = w;
    c.height = h;
    return c;
  }

  // One wall material: returns [r, g, b, height] at texel (x, y).
  const walls = {
    brick(n, P) {
      const bw = P.bw ?? 150;
      const bh = P.bh ?? 46;
      return (x, y, out) => {
        const wx = x + n(x / 60, y / 60) * 2.5;
        const wy = y + n(x / 70 + 9, y / 70) * 2.5;
        const row = Math.floor(wy / bh);
        const off = (row & 1) * bw * 0.5;
        const col = Math.floor((wx + off) / bw);
        const fx = wx + off - col * bw;
        const fy = wy - row * bh;
        const e = Math.min(fx, bw - fx, fy, bh - fy);
        const m = step(2.2, 6.5, e + n(x / 9, y / 9) * 1.6);
        const t = n(col * 3.7 + 0.5, row * 5.3 + 0.5);
        const grain = n(x / 3, y / 3) * 0.5 + n(x / 13, y / 13) * 0.5;
        const k = 1 + t * 0.17 + grain * 0.1;
        out[0] = mix(P.mortar[0] * (1 + grain * 0.1), P.base[0] * k, m);
        out[1] = mix(P.mortar[1] * (1 + grain * 0.1), P.base[1] * k * (1 - t * 0.03), m);
        out[2] = mix(P.mortar[2] * (1 + grain * 0.1), P.base[2] * k * (1 - t * 0.06), m);
        out[3] = m * 5 + grain * 1.6 + t * 0.8;
      };
    },
    plaster(n, P) {
      return (x, y, out) => {
        const big = n(x / 310, y / 310);
        const mid = n(x / 90 + 4, y / 90) * 0.6 + n(x / 37, y / 37 + 8) * 0.4;
        const fine = n(x / 7, y / 7) * 0.6 + n(x / 2.6, y / 2.6) * 0.4;
        const trowel = n(x / 140 + y / 60, y / 26 - x / 190);
                let k = 1 + big * 0.1 + mid * 0.06 + fine * 0.045 + trowel * 0.035;
        let r = P.base[0] * k;
        let g = P.base[1] * k;
        let b = P.base[2] * k;
        let h = fine * 1.5 + trowel * 1.3 + mid * 2;
        if (P.flake) {
          const f = n(x / 230 + 50, y / 200) + 0.35 * n(x / 40, y / 40) + 0.14 * n(x / 11, y / 11);
          const under = step(P.flake, P.flake + 0.03, f);
          if (under > 0) {
            r = mix(r, P.under[0] * (1 + fine * 0.14 + mid * 0.1), under);
            g = mix(g, P.under[1] * (1 + fine * 0.14 + mid * 0.1), under);
            b = mix(b, P.under[2] * (1 + fine * 0.14 + mid * 0.1), under);
            h -= under * 6;
          }
        }
        if (P.damp) {
          const d = step(P.damp - 330, P.damp + 120, y + n(x / 130, y / 400) * 190 + n(x / 30, y / 60) * 40);
          const moss = d * step(0, 0.6, n(x / 55 + 17, y / 55));
          r = mix(r, r * (0.56 - moss * 0.14), d);
          g = mix(g, g * (0.62 - moss * 0.03), d);
          b = mix(b, b * (0.6 - moss * 0.2), d);
        }
        out[0] = r;
        out[1] = g;
        out[2] = b;
        out[3] = h;
      };
    },
    earth(n, P) {
      // mud and straw
      return (x, y, out) => {
        const big = n(x / 260, y / 260);
        const lump = n(x / 46, y / 40) * 0.6 + n(x / 19 + 3, y / 19) * 0.4;
        const fine = n(x / 5, y / 5);
        const s1 = n(x / 26 + y / 9, y / 3.2 - x / 8);
        const s2 = n(x / 3.4 - y / 9, y / 24 + x / 10);
        const straw = Math.max(step(0.68, 0.86, s1), step(0.7, 0.88, s2));
        const k = 1 + big * 0.1 + lump * 0.1 + fine * 0.05;
        out[0] = P.base[0] * k + straw * 38;
        out[1] = P.base[1] * k + straw * 32;
        out[2] = P.base[2] * k + straw * 17;
        out[3] = lump * 5 + fine * 1.3 + straw * 1.7;
      };
    },
    concrete(n, P) {
      const pw = P.pw ?? 640;
      const ph = P.ph ?? 520;
      return (x, y, out) => {
        const big = n(x / 280, y / 240) * 0.6 + n(x / 80, y / 80) * 0.4;
        const fine = n(x / 6, y / 6) * 0.5 + n(x / 2.3, y / 2.3) * 0.5;
        const run = n(x / 16, y / 620) * step(0, 0.5, n(x / 90 + 8, 3.5));
        const fx = ((x % pw) + pw) % pw;
        const fy = ((y % ph) + ph) % ph;
        const joint = 1 - step(1.5, 4.5, Math.min(fx, pw - fx, fy, ph - fy));
        const hx = Math.min(Math.abs(fx - pw * 0.2), Math.abs(fx - pw * 0.8));
        const hole = 1 - step(7, 10, Math.hypot(hx, Math.min(Math.abs(fy - ph * 0.25), Math.abs(fy - ph * 0.75))));
        const pit = step(0.6, 0.9, n(x / 6 + y / 17 + 40, y / 5 - x / 19 + 11)) * step(0.1, 0.5, n(x / 33, y / 29 + 7));
        const k = (1 + big * 0.12 + fine * 0.05 - Math.abs(run) * 0.14) * (1 - joint * 0.4) * (1 - hole * 0.6) * (1 - pit * 0.2);
        out[0] = P.base[0] * k;
        out[1] = P.base[1] * k;
        out[2] = P.base[2] * k;
        out[3] = fine * 1 + big * 1.4 - joint * 5 - hole * 7 - pit * 2;
      };
    },
    stone(n, P) {
      // travertine slabs
      const pw = P.pw ?? 520;
      const ph = P.ph ?? 300;
      return (x, y, out) => {
        const row = Math.floor(y / ph);
        const xo = x + (row & 1) * pw * 0.5;
        const col = Math.floor(xo / pw);
        const fx = xo - col * pw;
        const fy = y - row * ph;
        const joint = 1 - step(1.2, 3.6, Math.min(fx, pw - fx, fy, ph - fy));
        const t = n(col * 2.9 + 0.5, row * 4.1 + 0.5);
        const vein = n(x / 260 + col * 7, y / 9 + n(x / 120, y / 50) * 2 + row * 5);
        const vein2 = n(x / 90 + col * 3, y / 4.2 + row * 9);
        const pore = step(0.66, 0.86, n(x / 22 + 9, y / 4));
        const fine = n(x / 2.8, y / 2.8);
        const k = (1 + t * 0.07 + vein * 0.065 + vein2 * 0.03 + fine * 0.025) * (1 - joint * 0.5) * (1 - pore * 0.18);
        out[0] = P.base[0] * k;
        out[1] = P.base[1] * k * (1 - vein * 0.01);
        out[2] = P.base[2] * k * (1 - vein * 0.03);
        out[3] = fine * 0.7 - joint * 5 - pore * 2.4 + t * 1.2;
      };
    },
    shutter(n, P) {
      // a closed shop's rolling shutter
      const s = P.slat ?? 62;
      return (x, y, out) => {
        const fy = ((y % s) + s) / s - Math.floor(((y % s) + s) / s);
        const prof = fy < 0.12 ? -step(0, 0.06, 0.06 - Math.abs(fy - 0.06)) * 6 : Math.sin((fy - 0.12) / 0.88 * Math.PI) * 9;
        const rust = step(0.45, 0.85, n(x / 70 + 6, y / 30) + n(x / 12, y / 12) * 0.3 + (fy < 0.2 ? 0.18 : 0));
        const run = n(x / 9, y / 300) * 0.5 + n(x / 40, y / 160) * 0.5;
        const fine = n(x / 2.6, y / 2.6);
        const k = (1 + run * 0.1 + fine * 0.03) * (fy < 0.12 ? 0.55 : 1);
        out[0] = mix(P.base[0] * k, 112, rust * 0.6);
        out[1] = mix(P.base[1] * k, 74, rust * 0.6);
        out[2] = mix(P.base[2] * k, 50, rust * 0.6);
        out[3] = prof + fine * 0.5;
      };
    },
    block(n, P) {
      // painted cement blocks: lower part one colour, upper part another
      const bw = P.bw ?? 330;
      const bh = P.bh ?? 165;
      return (x, y, out) => {
        const row = Math.floor(y / bh);
        const xo = x + (row & 1) * bw * 0.5;
        const col = Math.floor(xo / bw);
        const fx = xo - col * bw;
        const fy = y - row * bh;
        const e = Math.min(fx, bw - fx, fy, bh - fy) + n(x / 12, y / 12) * 1.6;
        const m = step(1, 9, e);
        const t = n(col * 3.1 + 0.5, row * 4.7 + 0.5);
        const pit = step(0.45, 0.8, n(x / 4, y / 4));
        const mid = n(x / 60, y / 60);
        const low = step(P.band - 4, P.band + 4, y + n(x / 90, 2) * 7);
        const worn = step(0.5, 0.72, n(x / 44 + 20, y / 44) + n(x / 9, y / 9) * 0.3);
        const k = (1 + t * 0.05 + mid * 0.07 + n(x / 2.5, y / 2.5) * 0.05) * mix(0.72, 1, m) * (1 - pit * 0.12);
        for (let i = 0; i < 3; i++) out[i] = mix(mix(P.base[i], P.low[i], low), P.bare[i], worn * 0.75) * k;
        out[3] = m * 4 - pit * 1.8 + mid;
      };
    },
  };

  function layWords(ctx, S, r) {
    ctx.direction = 'rtl';
    ctx.textAlign = 'right';
    ctx.textBaseline = 'alphabetic';
    ctx.lineJoin = 'round';
    ctx.fillStyle = '#fff';
    ctx.strokeStyle = '#fff';
    for (const line of S.lines) {
      ctx.font = `${line.weight ?? S.weight} ${line.size}px "${S.font}"`;
      const words = line.text.split(' ');
      const widths = words.map((w) => ctx.measureText(w).width);
      const gap = line.size * (S.gap ?? 0.26);
      const total = widths.reduce((a, b) => a + b, 0) + gap * (words.length - 1);
      let x = line.x + total / 2;
      words.forEach((w, i) => {
        ctx.save();
        const drift = (line.x - x + total / 2) * Math.tan(S.slope ?? 0);
        ctx.translate(x, line.y + drift + (r() - 0.5) * line.size * 0.08);
        ctx.rotate(-(S.slope ?? 0) * 0.8 + (r() - 0.5) * 0.05);
        const k = 1 + (r() - 0.5) * 0.07;
        ctx.scale(k, k);
        ctx.fillText(w, 0, 0);
        if (S.stroke) {
          ctx.lineWidth = S.stroke;
          ctx.strokeText(w, 0, 0);
        }
        ctx.restore();
        x -= widths[i] + gap;
      });
    }
  }

  function drip(ctx, S, r, w, h) {
    const d = ctx.getImageData(0, 0, w, h).data;
    let left = S.drips ?? 0;
    for (let i = 0; i < 60000 && left > 0; i++) {
      const x = Math.floor(r() * w);
      const y = Math.floor(r() * (h - 12));
      if (d[(y * w + x) * 4 + 3] > 200 && d[((y + 8) * w + x) * 4 + 3] < 40) {
        const len = 25 + r() * r() * 190;
        const wd = 3 + r() * 4;
        ctx.strokeStyle = '#fff';
        ctx.lineCap = 'round';
        ctx.lineWidth = wd;
        ctx.beginPath();
        ctx.moveTo(x, y - 3);
        ctx.quadraticCurveTo(x + (r() - 0.5) * 4, y + len * 0.5, x + (r() - 0.5) * 5, y + len);
        ctx.stroke();
        ctx.beginPath();
        ctx.ellipse(x, y + len, wd * 0.68, wd * 1.05, 0, 0, 7);
        ctx.fill();
        left--;
      }
    }
  }

  const art = {
    // Two ranges of hills, a road that goes on, a low moon.
    hills(g, w, h, ink, paper) {
      g.fillStyle = ink;
      g.beginPath();
      g.arc(w * 0.3, h * 0.2, w * 0.085, 0, 7);
      g.fill();
      g.beginPath();
      g.moveTo(0, h * 0.47);
      for (const [x, y] of [[0.1, 0.4], [0.2, 0.43], [0.36, 0.31], [0.44, 0.35], [0.55, 0.26], [0.63, 0.3], [0.74, 0.22], [0.86, 0.34], [0.93, 0.32], [1, 0.38]]) g.lineTo(w * x, h * y);
      g.lineTo(w, h * 0.56);
      g.lineTo(0, h * 0.56);
      g.fill();
      g.fillStyle = paper;
      g.beginPath();
      g.moveTo(w * 0.46, h * 0.565);
      g.bezierCurveTo(w * 0.6, h * 0.51, w * 0.36, h * 0.475, w * 0.56, h * 0.42);
      g.lineTo(w * 0.572, h * 0.42);
      g.bezierCurveTo(w * 0.42, h * 0.475, w * 0.74, h * 0.51, w * 0.62, h * 0.565);
      g.fill();
      g.strokeStyle = paper;
      g.lineWidth = w * 0.006;
      for (const [a, b, c, d] of [[0.36, 0.335, 0.3, 0.42], [0.55, 0.285, 0.5, 0.36], [0.74, 0.245, 0.8, 0.37], [0.74, 0.265, 0.7, 0.36], [0.2, 0.445, 0.14, 0.51]]) {
        g.beginPath();
        g.moveTo(w * a, h * b);
        g.lineTo(w * c, h * d);
        g.stroke();
      }
    },
    // A fuel can with a small plant in its mouth.
    can(g, w, h, ink, paper) {
      g.save();
      g.translate(w * 0.5, h * 0.345);
      const s = w * 0.0031;
      g.scale(s, s);
      g.fillStyle = ink;
      g.beginPath();
      g.moveTo(-58, -50);
      g.lineTo(36, -50);
      g.lineTo(64, -22);
      g.lineTo(64, 78);
      g.quadraticCurveTo(64, 88, 54, 88);
      g.lineTo(-54, 88);
      g.quadraticCurveTo(-64, 88, -64, 78);
      g.lineTo(-64, -42);
      g.quadraticCurveTo(-64, -50, -58, -50);
      g.fill();
      g.strokeStyle = ink;
      g.lineWidth = 9;
      g.strokeRect(-46, -72, 54, 24);
      g.strokeStyle = paper;
      g.lineWidth = 5;
      g.beginPath();
      g.moveTo(-42, -26);
      g.lineTo(42, 66);
      g.moveTo(42, -8);
      g.lineTo(-42, 66);
      g.stroke();
      g.strokeStyle = ink;
      g.lineWidth = 5;
      g.lineCap = 'round';
      g.beginPath();
      g.moveTo(50, -36);
      g.bezierCurveTo(56, -62, 46, -82, 58, -112);
      g.stroke();
      g.fillStyle = ink;
      for (const [x, y, a] of [[52, -70, -0.7], [54, -84, 0.75], [57, -112, -0.1]]) {
        g.save();
        g.translate(x, y);
        g.rotate(a);
        g.beginPath();
        g.moveTo(0, 0);
        g.quadraticCurveTo(13, -14, 0, -32);
        g.quadraticCurveTo(-13, -14, 0, 0);
        g.fill();
        g.restore();
      }
      g.restore();
    },
    // Rings that spread from one point, two cypresses.
    voice(g, w, h, ink) {
      g.strokeStyle = ink;
      g.save();
      g.beginPath();
      g.rect(0, 0, w, h * 0.52);
      g.clip();
      for (let i = 0; i < 9; i++) {
        g.lineWidth = w * (0.016 - i * 0.0013);
        g.beginPath();
        g.arc(w * 0.5, h * 0.52, w * (0.06 + i * 0.052), Math.PI, Math.PI * 2);
        g.stroke();
      }
      g.fillStyle = ink;
      g.beginPath();
      g.arc(w * 0.5, h * 0.52, w * 0.03, 0, 7);
      g.fill();
      g.restore();
      g.fillRect(w * 0.08, h * 0.52, w * 0.84, w * 0.008);
    },
    // Three candles.
    candles(g, w, h, ink) {
      for (const [x, top] of [[0.3, 0.33], [0.5, 0.25], [0.7, 0.36]]) {
        const cx = w * x;
        const cy = h * top;
        g.fillStyle = ink;
        g.fillRect(cx - w * 0.03, cy, w * 0.06, h * 0.54 - cy);
        g.fillRect(cx - w * 0.003, cy - h * 0.014, w * 0.006, h * 0.016);
        g.beginPath();
        g.moveTo(cx, cy - h * 0.092);
        g.bezierCurveTo(cx + w * 0.05, cy - h * 0.045, cx + w * 0.03, cy - h * 0.008, cx, cy - h * 0.008);
        g.bezierCurveTo(cx - w * 0.03, cy - h * 0.008, cx - w * 0.045, cy - h * 0.04, cx, cy - h * 0.092);
        g.fill();
      }
      g.fillRect(w * 0.14, h * 0.54, w * 0.72, w * 0.008);
    },
  };

  function poster(P, seed) {
    const w = 640;
    const h = 905;
    const c = canvasOf(w, h);
    const g = c.getContext('2d');
    const r = random(seed);
    g.fillStyle = P.paper;
    g.fillRect(0, 0, w, h);
    art[P.art](g, w, h, P.ink, P.paper);
    g.direction = 'rtl';
    g.textAlign = 'center';
    g.textBaseline = 'alphabetic';
    g.fillStyle = P.ink;
    for (const l of P.lines) {
      g.font = `${l.weight ?? 400} ${l.size}px "${l.font}"`;
      g.fillText(l.text, w / 2, l.y);
    }
    // printed on an old copier: faint bands and flecks
    const d = g.getImageData(0, 0, w, h);
    for (let y = 0; y < h; y++) {
      const band = 1 + Math.sin(y * 0.05) * 0.008 + (r() - 0.5) * 0.012;
      for (let x = 0; x < w; x++) {
        const i = (y * w + x) * 4;
        const f = band * (1 + (r() - 0.5) * 0.05);
        for (let k = 0; k < 3; k++) d.data[i + k] = clamp(d.data[i + k] * f + (r() < 0.002 ? 18 : 0), 0, 255);
      }
    }
    g.putImageData(d, 0, 0);
    return c;
  }

  globalThis.drawScene = (C) => {
    const [W, H] = C.size;
    const r = random(C.seed);
    const n = noiseField(C.seed * 7 + 1);
    const TW = Math.round(W * 1.5);
    const TH = Math.round(H * 1.5);
    const cx = TW / 2;
    const cy = TH / 2;

    // the words
    let mask = null;
    if (C.slogan) {
      const m = canvasOf(TW, TH);
      const g = m.getContext('2d', { willReadFrequently: true });
      g.translate(cx, cy);
      layWords(g, C.slogan, r);
      g.setTransform(1, 0, 0, 1, 0, 0);
      drip(g, C.slogan, r, TW, TH);
      const b = canvasOf(TW, TH);
      const gb = b.getContext('2d', { willReadFrequently: true });
      gb.filter = `blur(${C.slogan.soft ?? 1.5}px)`;
      gb.drawImage(m, 0, 0);
      mask = gb.getImageData(0, 0, TW, TH).data;
    }
    // older paint under the words: a pale square where something was covered
    // the sheets
    let sheet = null;
    let sheetShadow = null;
    if (C.posters) {
      const s = canvasOf(TW, TH);
      const g = s.getContext('2d', { willReadFrequently: true });
      const sh = canvasOf(TW, TH);
      const gs = sh.getContext('2d', { willReadFrequently: true });
      C.posters.forEach((p, i) => {
        const img = poster(p, C.seed + i * 31);
        const w = p.width;
        const h = (w * 905) / 640;
        for (const [ctx, dx, dy] of [[gs, C.light[0] < 0 ? 9 : -9, 12], [g, 0, 0]]) {
          ctx.save();
          ctx.translate(cx + p.x + dx, cy + p.y + dy);
          ctx.rotate(p.turn);
          if (ctx === g) {
            ctx.imageSmoothingQuality = 'high';
            ctx.drawImage(img, -w / 2, -h / 2, w, h);
            if (p.tape) {
              ctx.fillStyle = p.tape;
              for (const [tx, ty, a] of [[-w / 2, -h / 2, -0.75], [w / 2, -h / 2, 0.72], [-w / 2, h / 2, 0.8], [w / 2, h / 2, -0.7]]) {
                ctx.save();
                ctx.translate(tx, ty);
                ctx.rotate(a);
                ctx.fillRect(-52, -17, 104, 34);
                ctx.restore();
              }
            }
          } else {
            ctx.filter = 'blur(9px)';
            ctx.fillStyle = '#000';
            ctx.fillRect(-w / 2, -h / 2, w, h);
          }
          ctx.restore();
        }
      });
      sheet = g.getImageData(0, 0, TW, TH).data;
      sheetShadow = gs.getImageData(0, 0, TW, TH).data;
    }
    // shadows of a pole, a cable, a bare tree
    const sc = canvasOf(TW, TH);
    {
      const g = sc.getContext('2d', { willReadFrequently: true });
      g.filter = `blur(${C.shadowBlur ?? 12}px)`;
      g.strokeStyle = '#000';
      g.lineCap = 'round';
      if (C.tree) {
        const grow = (x, y, a, len, wd, depth) => {
          const x2 = x + Math.cos(a) * len;
          const y2 = y + Math.sin(a) * len;
          g.lineWidth = wd;
          g.beginPath();
          g.moveTo(x, y);
          g.quadraticCurveTo((x + x2) / 2 + (r() - 0.5) * len * 0.2, (y + y2) / 2 + (r() - 0.5) * len * 0.2, x2, y2);
          g.stroke();
          if (depth > 0) {
            const k = 2 + (r() < 0.4 ? 1 : 0);
            for (let i = 0; i < k; i++) grow(x2, y2, a + (r() - 0.5) * 1.3, len * (0.62 + r() * 0.2), wd * 0.62, depth - 1);
          }
        };
        grow(cx + C.tree[0], cy + C.tree[1], C.tree[2], C.tree[3], 34, 6);
      }
      if (C.pole !== undefined) {
        g.lineWidth = 46;
        g.beginPath();
        g.moveTo(cx + C.pole, -50);
        g.lineTo(cx + C.pole + 130, TH + 50);
        g.stroke();
      }
      if (C.cable) {
        g.lineWidth = 7;
        g.beginPath();
        g.moveTo(-20, cy + C.cable[0]);
        g.quadraticCurveTo(cx, cy + C.cable[1], TW + 20, cy + C.cable[2]);
        g.stroke();
      }
    }
    const shade = sc.getContext('2d').getImageData(0, 0, TW, TH).data;

    const N = TW * TH;
    const R = new Float32Array(N);
    const G = new Float32Array(N);
    const B = new Float32Array(N);
    const Z = new Float32Array(N);
    const px = [0, 0, 0, 0];
    const wall = walls[C.wall.kind](n, C.wall);
    const ground = C.ground === undefined ? Infinity : cy + C.ground;
    const S = C.slogan;
    for (let y = 0; y < TH; y++) {
      for (let x = 0; x < TW; x++) {
        const i = y * TW + x;
        wall(x, y, px);
        // dirt from rain and traffic near the foot of the wall
        const foot = step(ground - 420, ground, y + n(x / 80, y / 80) * 60);
        const dirt = 1 - foot * 0.3 - step(0.35, 0.8, n(x / 19, y / 520 + 30)) * (C.streak ?? 0.08);
        px[0] *= dirt;
        px[1] *= dirt;
        px[2] *= dirt;
        if (mask) {
          const wob = S.wobble ?? 7;
          const dx = n(x / 95, y / 95) * wob + n(x / 10, y / 10) * 1.6;
          const dy = n(x / 95 + 70, y / 95) * wob + n(x / 10 + 40, y / 10) * 1.6;
          const sx = clamp(Math.round(x + dx), 0, TW - 1);
          const sy = clamp(Math.round(y + dy), 0, TH - 1);
          let a = mask[(sy * TW + sx) * 4 + 3] / 255;
          if (S.kind === 'spray') {
            const halo = a;
            a = step(0.2, 0.85, a);
            a = Math.max(a, halo * 0.6 * step(0.1, 0.7, n(x / 2.1, y / 2.1) * 0.5 + halo));
            a *= 0.93 + n(x / 50, y / 50) * 0.07;
          } else {
            a = step(0.32, 0.62, a);
            const hair = n(x / 85 + y / 40, y / 4.2 - x / 60) * 0.6 + n(x / 30, y / 2.4) * 0.4;
            const dry = step(-0.15, 0.75, n(x / 150 + 12, y / 110 + 3) + hair * 0.45);
            a *= 1 - dry * (S.dry ?? 0.55);
          }
          a *= mix(0.72, 1, step(-3.5, 1.5, px[3]));
          a *= S.cover ?? 0.94;
          const t = 1 + n(x / 40, y / 40) * 0.05;
          px[0] = mix(px[0], S.ink[0] * t, a);
          px[1] = mix(px[1], S.ink[1] * t, a);
          px[2] = mix(px[2], S.ink[2] * t, a);
          px[3] += a * 0.5;
        }
        if (y > ground) {
          const d = y - ground;
          const f = n(x / 9, y / 4) * 0.5 + n(x / 3, y / 1.8) * 0.5;
          const slab = ((x + d * 0.35 * ((x - cx) / TW)) % 260 + 260) % 260;
          const j = 1 - step(1, 4, Math.min(slab, 260 - slab, Math.abs(d - 130)));
          const k = (1 + f * 0.12 + n(x / 90, y / 40) * 0.1) * (1 - j * 0.35) * step(-40, 26, d);
          px[0] = C.floor[0] * k;
          px[1] = C.floor[1] * k;
          px[2] = C.floor[2] * k;
          px[3] = f * 1.2 - j * 2;
        }
        if (sheet) {
          const q = i * 4;
          const a = sheet[q + 3] / 255;
          const sh = (sheetShadow[q + 3] / 255) * (1 - a) * 0.5;
          for (let k = 0; k < 3; k++) px[k] = mix(px[k] * (1 - sh), sheet[q + k], a);
          if (a > 0.02) {
            // paste wrinkles; the wall shows a little through the paper
            const wr = n(x / 130 + y / 300, y / 34 + 20) * 2 + Math.abs(n(x / 60, y / 75 + 60)) * 6;
            px[3] = mix(px[3], px[3] * 0.22 + wr, a);
          }
        }
        R[i] = px[0];
        G[i] = px[1];
        B[i] = px[2];
        Z[i] = px[3];
      }
    }

    // light
    const [lx, ly, lz] = [cx + C.light[0], cy + C.light[1], C.light[2]];
    const reach = C.light[3];
    const lamp = C.lamp;
    const amb = C.ambient;
    const bump = C.bump ?? 0.16;
    for (let y = 0; y < TH; y++) {
      for (let x = 0; x < TW; x++) {
        const i = y * TW + x;
        const zx = (Z[y * TW + Math.min(x + 1, TW - 1)] - Z[y * TW + Math.max(x - 1, 0)]) * bump;
        const zy = (Z[Math.min(y + 1, TH - 1) * TW + x] - Z[Math.max(y - 1, 0) * TW + x]) * bump;
        const vx = lx - x;
        const vy = ly - y;
        const d2 = vx * vx + vy * vy + lz * lz;
        const d = Math.sqrt(d2);
        const nn = Math.sqrt(1 + zx * zx + zy * zy);
        const cos = Math.max(0, (-zx * vx - zy * vy + lz) / (nn * d));
        let e = cos * Math.pow(reach / (reach + d), 2) * 4;
        const s = shade[i * 4 + 3] / 255;
        e *= 1 - s * (C.shadowDepth ?? 0.6);
        const up = 1 - zy * 0.12;
        R[i] *= (lamp[0] * e + amb[0] * up) / 255;
        G[i] *= (lamp[1] * e + amb[1] * up) / 255;
        B[i] *= (lamp[2] * e + amb[2] * up) / 255;
      }
    }

    // the camera
    const out = canvasOf(W, H);
    const g = out.getContext('2d', { willReadFrequently: true });
    const img = g.createImageData(W, H);
    const [pX, pY] = C.camera;
    const roll = C.camera[2];
    const zoom = C.camera[3] ?? 1;
    const co = Math.cos(roll);
    const si = Math.sin(roll);
    const tone = (v) => {
      const t = Math.max(0, v);
      return 255 * (1 - Math.exp(-t * 2.05)) ** 0.82;
    };
    const grain = C.grain ?? 5;
    for (let y = 0; y < H; y++) {
      for (let x = 0; x < W; x++) {
        const X = (x - W / 2) / (H / 2);
        const Y = (y - H / 2) / (H / 2);
        const xr = X * co - Y * si;
        const yr = X * si + Y * co;
        const w = 1 + pX * xr + pY * yr;
        const u = clamp(cx + (xr / w) * (H / 2) * zoom, 0, TW - 2.001);
        const v = clamp(cy + (yr / w) * (H / 2) * zoom, 0, TH - 2.001);
        const ui = u | 0;
        const vi = v | 0;
        const fu = u - ui;
        const fv = v - vi;
        const k = vi * TW + ui;
        const w00 = (1 - fu) * (1 - fv);
        const w10 = fu * (1 - fv);
        const w01 = (1 - fu) * fv;
        const w11 = fu * fv;
        const vig = 1 - 0.16 * (X * X + Y * Y) * 0.6;
        const o = (y * W + x) * 4;
        const luma = (r() + r() - 1) * grain;
        const put = (A, c) => {
          const val = (A[k] * w00 + A[k + 1] * w10 + A[k + TW] * w01 + A[k + TW + 1] * w11) * vig;
          img.data[o + c] = clamp(tone(val) + luma + (r() - 0.5) * grain * 0.5, 0, 255);
        };
        put(R, 0);
        put(G, 1);
        put(B, 2);
        img.data[o + 3] = 255;
      }
    }
    g.putImageData(img, 0, 0);
    const soft = canvasOf(W, H);
    const gs = soft.getContext('2d');
    gs.filter = `blur(${C.focus ?? 0.6}px)`;
    gs.drawImage(out, 0, 0);
    return soft;
  };

  globalThis.drawNote = (canvas, size) => {
    const g = canvas.getContext('2d');
    const w = canvas.width;
    const h = canvas.height;
    const pad = size * 0.9;
    g.filter = 'none';
    g.direction = 'rtl';
    g.textAlign = 'left';
    g.textBaseline = 'alphabetic';
    g.font = `500 ${size}px Vazirmatn, "Noto Sans"`;
    g.shadowColor = 'rgba(0,0,0,.85)';
    g.shadowBlur = size * 0.35;
    g.fillStyle = 'rgba(255,255,255,.86)';
    g.fillText('تصویر ساختگی برای تمرین · drawn for rehearsal', pad, h - pad);
    g.shadowColor = 'transparent';
    return w;
  };

  // Pixels as a phone stores an upright picture taken with the phone held upright:
  // turned a quarter anticlockwise, with Orientation 6 to turn it back.
  globalThis.quarterTurn = (c) => {
    const t = canvasOf(c.height, c.width);
    const g = t.getContext('2d');
    g.translate(0, c.width);
    g.rotate(-Math.PI / 2);
    g.drawImage(c, 0, 0);
    return t;
  };
  globalThis.shrink = (c, w) => {
    const t = canvasOf(w, Math.round((c.height * w) / c.width));
    const g = t.getContext('2d');
    g.imageSmoothingQuality = 'high';
    g.drawImage(c, 0, 0, t.width, t.height);
    return t;
  };
})();
