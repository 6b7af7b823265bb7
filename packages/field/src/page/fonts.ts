import bold from "../../fonts/vazirmatn-bold.woff2?url"
import regular from "../../fonts/vazirmatn-regular.woff2?url"

let asked = false

/**
 * Fetches the fonts once the page has been painted in the system's, so that no word waits for them. Where they do not come
 * the system's stay. They hold letters and digits of the Arabic script alone.
 */
export function loadFonts(): void {
  if (asked) return
  asked = true
  // The second frame comes after the first paint.
  requestAnimationFrame(() => requestAnimationFrame(() => void fetchFonts()))
}

async function fetchFonts(): Promise<void> {
  const faces = [
    [regular, "400"],
    [bold, "700"],
  ].map(
    ([address, weight]) =>
      new FontFace("Vazirmatn", `url(${address})`, { weight: weight as string, display: "swap" }),
  )
  // Both before either: a page changes its look once.
  await Promise.all(faces.map((face) => face.load())).then(
    () => faces.forEach((face) => document.fonts.add(face)),
    () => {
      asked = false
    },
  )
}
