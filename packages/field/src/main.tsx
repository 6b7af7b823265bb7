import { openStage } from "./page/stage.tsx"
import { watchWorker } from "./page/trust/worker-watch.ts"
import "./page/style.css"

const place = document.getElementById("page")
if (place === null) throw new Error("the page has no place for itself")

// An invitation may come in the link. It leaves the address at once, so that no bookmark or shared link carries it on.
const fromLink = decodeURIComponent(location.hash.slice(1))
if (fromLink !== "") history.replaceState(null, "", location.pathname)

watchWorker()
void openStage(place, fromLink)
