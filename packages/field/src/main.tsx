import { effect } from "@preact/signals"
import { render } from "preact"
import { App } from "./page/app.tsx"
import { startEngine } from "./page/engine.ts"
import { createState } from "./page/state.ts"
import "./page/style.css"

const place = document.getElementById("page")
if (place === null) throw new Error("the page has no place for itself")

// An invitation may come in the link. It leaves the address at once, so that no bookmark or shared link carries it on.
const fromLink = decodeURIComponent(location.hash.slice(1))
if (fromLink !== "") history.replaceState(null, "", location.pathname)

const state = createState(startEngine(), fromLink)
effect(() => {
  document.documentElement.lang = state.words.value.language
  document.documentElement.dir = state.words.value.direction
})
render(<App state={state} />, place)
