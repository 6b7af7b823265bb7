import type { Driver } from "./hands.ts"

/** Lines before every script of a site: what the browser's recorder hands over is noted, so that it can be compared. */
export const NOTE_FILM = `if (globalThis.MediaRecorder !== undefined && globalThis.noted === undefined) {
  const Recorder = MediaRecorder
  globalThis.noted = []
  globalThis.MediaRecorder = class extends Recorder {
    constructor(...given) {
      super(...given)
      noted.length = 0
      this.addEventListener("dataavailable", ({ data }) => { if (data.size > 0) noted.push(data) })
    }
  }
}`

/** What the recorder handed over since it began, slice by slice. */
export async function notedFilm(driver: Driver): Promise<readonly Buffer[]> {
  const slices = await driver.evaluate(
    "Promise.all(noted.map(async (blob) => new Uint8Array(await blob.arrayBuffer()).toBase64()))",
  )
  return (slices as readonly string[]).map((slice) => Buffer.from(slice, "base64"))
}
