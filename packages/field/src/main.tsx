import { openStage } from "./page/stage.tsx"
import { watchWorker } from "./page/trust/worker-watch.ts"
import "./page/style.css"

const place = document.getElementById("page")
if (place === null) throw new Error("the page has no place for itself")

/** An invitation may come in the link. It leaves the address at once, so that no bookmark or shared link carries it on. */
function takeLink(): string {
  const text = location.hash.slice(1)
  if (text === "") return ""
  history.replaceState(null, "", location.pathname)
  try {
    return decodeURIComponent(text)
  } catch {
    // No text in that encoding: what it was is refused in words, as any other wrong invitation is.
    return text
  }
}

watchWorker()
const stage = openStage(place, takeLink())
// A link that is opened where the page stands already loads nothing anew.
addEventListener("hashchange", () => {
  const link = takeLink()
  if (link !== "") void stage.then((open) => open(link))
})
