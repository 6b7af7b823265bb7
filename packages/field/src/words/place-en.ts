import type { PlaceWords } from "./place-words.ts"

export const placeEn: PlaceWords = {
  heading: "Where?",
  name: "Town, neighbourhood or road",
  province: "Province",
  skip: "If it stays empty, no place is said.",
  precision: "How exactly should it be said?",
  precisions: {
    point: "Exactly this spot",
    town: "Somewhere in this town",
    county: "Somewhere in this county",
    province: "Somewhere in this province",
    country: "Somewhere in this country",
  },
  said: (name, province, precision) =>
    `${province === null ? `\u2068${name}\u2069` : `\u2068${name}\u2069, \u2068${province}\u2069`}; ${precision}`,
  change: "It was elsewhere",
  loading: "The list of places is opening. You can type already.",
  found: (count) => `Places found: ${count}. Tap one, or leave it as you wrote it.`,
  which: (name) =>
    `Several places are called “\u2068${name}\u2069”. Which one was it? If you do not know, leave it so.`,
  unknown: "This name is not on the list. It is kept as you wrote it.",
  source: (attribution, licence) => `Names of places from \u2068${attribution}\u2069, \u2068${licence}\u2069`,
  here: {
    open: "Right here, where I am",
    warning:
      "To find out where you are, the phone may ask a server outside, such as Google's or Apple's. That server learns where this phone is, even if you use Tor. If that is a danger, type the name of the place.",
    rounded: "The exact numbers are not kept: before anything else they are rounded to what you choose.",
    question: "How exactly should it be said?",
    choices: {
      point: "To about 100 metres",
      town: "To about 5 kilometres",
      county: "To about 25 kilometres",
      province: "The province's name alone",
    },
    ask: "Ask the phone now",
    asking: "Asking the phone…",
    cancel: "No, do not ask",
    near: "The nearest town that we know was filled in. If it is not right, change it.",
    alone: "No town near you is on the list. If you know its name, type it.",
    coarser: "The phone did not know the place that exactly, so less of it is said.",
    nameless: "A place without a name",
    failures: {
      refused:
        "The phone or browser did not allow it. Nothing was said of where you are. Type the name of the place, or allow it in the settings.",
      unknown:
        "The phone did not find out where it is. Nothing of it was kept. Type the name of the place, or try again under the open sky.",
      absent: "This browser does not tell where the phone is. Type the name of the place.",
    },
  },
  pack: {
    heading: "More names of places",
    what: "Your group may give you a file with the names of more towns and villages. They are names to choose from, and nothing else. Do not open a list from a stranger: its names may be wrong.",
    choose: "Open a file of places",
    there: (title, count) => `“\u2068${title}\u2069” is open. Places: ${count}.`,
    remove: "Remove this list",
    failures: {
      "not-one": "This file is no list of places, or wants a newer version of this app. Nothing was changed.",
      "too-long": "This list is too large for a phone. Nothing was changed; ask for a smaller one.",
      malformed: "This list is damaged or was tampered with. Nothing was changed; ask for another.",
      "not-kept": "The list was not kept; it stays until the app is locked. Make some room and try again.",
    },
  },
}
