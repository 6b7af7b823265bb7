import { undo } from "../model/acts.ts"
import { chosen, move, pane, report, type View, view } from "../model/desk.ts"
import { editing } from "../model/editing.ts"
import { gradeLetter, takeDigit, takeLetter } from "../model/grading.ts"
import { buildArchive, pull, sendReceipts } from "../model/jobs.ts"
import {
  editChosen,
  startAction,
  startDate,
  startEvent,
  startNew,
  startNote,
  startPlace,
} from "../model/starting.ts"
import { askAndPublish } from "../publish/ask-and-publish.tsx"
import { helpOpen, switchLanguage, switchLight } from "./settings.ts"
import { goTo, VIEW_KEYS } from "./side.tsx"

let afterG = false

/** Every key of the page but those of the forms. Keys are taken by their place where the keyboard writes Persian. */
export function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  if (document.querySelector("dialog[open]") !== null) return
  const key = plainKey(event)
  if (isTyping(event.target)) {
    if (key === "Escape" && event.target instanceof HTMLElement && event.target.id === "search") focusList()
    return
  }
  if (editing.value.length > 0) return
  if (take(key)) event.preventDefault()
}

function take(key: string): boolean {
  if (afterG) {
    afterG = false
    const place = (Object.keys(VIEW_KEYS) as View[]).find((name) => VIEW_KEYS[name] === key)
    if (place !== undefined) goTo(place)
    return place !== undefined
  }
  if (gradeLetter.value !== null && takeDigit(key)) return true
  if (view.value === "inbox" && takeLetter(key)) return true
  const does = EVERYWHERE[key] ?? (view.value === "inbox" ? AT_REPORT[key] : AT_SUBJECT[key])
  if (does === undefined) return false
  does()
  return true
}

const EVERYWHERE: Readonly<Record<string, () => void>> = {
  g: () => {
    afterG = true
  },
  j: () => step(1),
  k: () => step(-1),
  Escape: focusList,
  "/": () => {
    goTo("inbox")
    // After the list is there.
    setTimeout(() => document.getElementById("search")?.focus())
  },
  "?": () => {
    helpOpen.value = true
  },
  r: () => void pull(),
  y: () => void sendReceipts(),
  u: () => void undo(),
  l: switchLanguage,
  z: switchLight,
  n: startNew,
}

const AT_REPORT: Readonly<Record<string, () => void>> = {
  p: () => report.value && startPlace(report.value),
  t: () => report.value && startDate(report.value),
  o: () => report.value && startNote(report.value),
  v: () => report.value?.report && startEvent(report.value),
  w: () => report.value?.report && startAction(report.value),
  m: () => document.querySelector<HTMLButtonElement>("button.make-copy")?.click(),
}

const AT_SUBJECT: Readonly<Record<string, () => void>> = {
  i: editChosen,
  p: () => {
    const button = document.querySelector<HTMLButtonElement>(".publication button.main")
    const id = chosen.value[view.value]
    if (button?.ariaDisabled === "false" && id !== null) void askAndPublish(id)
    else button?.scrollIntoView()
  },
  b: () => void buildArchive(),
}

function step(by: number): void {
  move(by)
  setTimeout(focusList)
}

function focusList(): void {
  pane.value = "list"
  const row =
    document.querySelector<HTMLElement>(".rows [aria-current=true]") ??
    document.querySelector<HTMLElement>(".rows .row")
  row?.focus()
}

// What the key means on a Latin keyboard: the letter where it is one, else the key's place.
function plainKey(event: KeyboardEvent): string {
  if (event.key === "؟") return "?"
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase()
  const digit = /^[۰-۹]$/.test(event.key) ? String(event.key.charCodeAt(0) & 0xf) : null
  if (digit !== null) return digit
  const place = /^Key([A-Z])$/.exec(event.code)
  if (place !== null && event.key.charCodeAt(0) > 127) return (place[1] as string).toLowerCase()
  return event.key
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== "checkbox" && target.type !== "radio"
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
