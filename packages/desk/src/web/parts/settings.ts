import { type Signal, signal } from "@preact/signals"
import { language } from "../words/words.ts"

const LIGHTS = ["auto", "light", "dark"] as const

/** How the page is lit. Nothing of it is remembered. */
export const light: Signal<(typeof LIGHTS)[number]> = signal("auto")
export const helpOpen: Signal<boolean> = signal(false)

export function switchLanguage(): void {
  language.value = language.value === "fa" ? "en" : "fa"
}

export function switchLight(): void {
  light.value = LIGHTS[(LIGHTS.indexOf(light.value) + 1) % LIGHTS.length] as (typeof LIGHTS)[number]
}
