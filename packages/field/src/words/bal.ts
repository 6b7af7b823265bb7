import type { PartialWords } from "./partial.ts"

/** Ready to be filled by somebody who speaks it: until then Persian stands in for every word. See docs/translating.md. */
export const bal: PartialWords = {
  language: "bal",
  direction: "rtl",
  locale: "fa-IR",
  calendar: "persian",
}
