import { createHash } from "node:crypto"
import { codeOf } from "./picture.ts"

/**
 * A page that shows frames in a loop: one file, no network, opened from anywhere. Nothing moves until a person starts
 * it (WCAG 2.2.2, 2.3.1), and the speed is theirs.
 *
 * @param loops - frames of each object.
 */
export function animatedPage(loops: readonly (readonly string[])[]): string {
  const codes = loops.flat().map(codeOf)
  const side = Math.max(...codes.map((code) => code.length))
  const frames = codes.map((code) => ({ side: code.length, bits: packed(code) }))
  // The block of data holds base64 and digits alone, so nothing in it can end it.
  const data = JSON.stringify({ frames, side })
  const policy = `default-src 'none'; script-src ${hashOf(SCRIPT)}; style-src ${hashOf(STYLE)}`
  return `<!doctype html>
<html lang="fa" dir="rtl">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>گواه · QR</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<canvas id="code" width="${side}" height="${side}" role="img" aria-label="QR"></canvas>
<div class="bar">
<button id="go" type="button">شروع <span lang="en" dir="ltr">Start</span></button>
<label>تصویر در ثانیه <span lang="en" dir="ltr">Pictures a second</span>
<input id="speed" type="range" min="1" max="15" value="8"></label>
<output id="count" dir="ltr">0 / ${frames.length}</output>
</div>
<p>دوربین گوشی دیگر را روبه‌روی این صفحه نگه دارید تا بگوید کامل شد. این تصویرها چشمک می‌زنند.</p>
<p lang="en" dir="ltr">Hold the other phone's camera to this page until it says that it has everything. These pictures flicker.</p>
</main>
<script type="application/json" id="frames">${data}</script>
<script>${SCRIPT}</script>
</body>
</html>
`
}

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 44rem; margin: 0 auto; padding: .5rem; }
canvas { display: block; width: 100%; background: #fff; image-rendering: pixelated; }
.bar { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; padding: .5rem 0; }
button { font: inherit; min-height: 2.75rem; padding: 0 1.25rem; }
`

const SCRIPT = `
const { frames, side } = JSON.parse(document.getElementById("frames").textContent)
const canvas = document.getElementById("code")
const go = document.getElementById("go")
const speed = document.getElementById("speed")
const count = document.getElementById("count")
const paint = canvas.getContext("2d")
let at = 0
let timer = null
function show() {
  const { side: own, bits } = frames[at]
  const bytes = atob(bits)
  const shift = (side - own) >> 1
  paint.fillStyle = "#fff"
  paint.fillRect(0, 0, side, side)
  paint.fillStyle = "#000"
  for (let i = 0; i < own * own; i++) {
    if (bytes.charCodeAt(i >> 3) & (128 >> (i & 7))) paint.fillRect(shift + i % own, shift + Math.floor(i / own), 1, 1)
  }
  count.textContent = at + 1 + " / " + frames.length
}
function step() {
  at = (at + 1) % frames.length
  show()
  timer = setTimeout(step, 1000 / speed.value)
}
go.addEventListener("click", () => {
  if (timer === null) step()
  else {
    clearTimeout(timer)
    timer = null
  }
})
show()
`

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`
}

function packed(code: readonly (readonly boolean[])[]): string {
  const bits = code.flat()
  const bytes = new Uint8Array(Math.ceil(bits.length / 8))
  bits.forEach((dark, i) => {
    if (dark) bytes[i >> 3] = (bytes[i >> 3] as number) | (0x80 >> (i & 7))
  })
  return Buffer.from(bytes).toString("base64")
}
