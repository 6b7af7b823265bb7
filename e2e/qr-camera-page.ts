import { type FilmProgress, filmFrames } from "@govah/field/qr"

/** What the test asks for when the page is done. */
declare global {
  var filmed: { object: string; kind: string; progress: FilmProgress; seconds: number } | undefined
  var progress: FilmProgress | undefined
}

// The page of the camera test: what a screen of the field does, without its looks.
const video = document.createElement("video")
video.muted = true
video.srcObject = await navigator.mediaDevices.getUserMedia({ video: true })
await video.play()
const started = performance.now()
const primitives = {
  sha256: async (bytes: Uint8Array) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes.slice())),
  random: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
}
const stop = new AbortController()
for await (const { kind, object } of filmFrames(
  video,
  primitives,
  (now) => (globalThis.progress = now),
  stop.signal,
)) {
  globalThis.filmed = {
    kind,
    object: btoa(Array.from(object, (byte) => String.fromCharCode(byte)).join("")),
    progress: globalThis.progress as FilmProgress,
    seconds: (performance.now() - started) / 1_000,
  }
  stop.abort()
}
