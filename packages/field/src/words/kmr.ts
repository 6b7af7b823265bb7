import type { PartialWords } from "./partial.ts"

/** Short words that are shown often. What is not here is not translated yet: English stands in. See docs/translating.md. */
export const kmr: PartialWords = {
  language: "kmr",
  direction: "ltr",
  // Not every browser has the days and numbers of Kurmanji; a browser that does not would show those of its own language.
  locale: "en-GB",
  calendar: "gregory",
  opening: "Vedibe…",
  unsaid: "Nehatiye gotin",
  shell: {
    top: { more: "Zêdetir", back: "Vegere" },
    home: { start: { photo: "Wêne", video: "Vîdyo", sound: "Deng", words: "Nivîs" }, dropNo: "Na" },
    more: { heading: "Zêdetir", language: "Ziman" },
  },
  join: { label: "Vexwendname", no: "Na" },
  record: { heading: "Çi qewimî?", wordsLabel: "Bi zimanê xwe" },
  place: {
    heading: "Li ku?",
    name: "Bajar, tax an rê",
    province: "Parêzgeh",
    said: "{0}[, {1}]; {2}",
  },
  when: {
    heading: "Kengî?",
    choices: { unsaid: "Nehatiye gotin", today: "Îro", yesterday: "Duh", other: "Rojeke din" },
  },
  day: { day: "Roj", month: "Meh", year: "Sal" },
  basis: { heading: "Tu çawa dizanî?", choices: { saw: "Min bi xwe dît" } },
  news: { comma: ", " },
}
