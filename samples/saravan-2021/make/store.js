// Runs inside the browser page, after scene.js: the picture as a phone stores it.

// Pixels as a phone stores an upright picture taken with the phone held upright:
// turned a quarter anticlockwise, with Orientation 6 to turn it back.
globalThis.quarterTurn = (c) => {
  const t = canvasOf(c.height, c.width)
  const g = t.getContext("2d")
  g.translate(0, c.width)
  g.rotate(-Math.PI / 2)
  g.drawImage(c, 0, 0)
  return t
}
globalThis.shrink = (c, w) => {
  const t = canvasOf(w, Math.round((c.height * w) / c.width))
  const g = t.getContext("2d")
  g.imageSmoothingQuality = "high"
  g.drawImage(c, 0, 0, t.width, t.height)
  return t
}
