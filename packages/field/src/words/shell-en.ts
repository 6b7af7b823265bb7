import type { ShellWords } from "./shell-words.ts"

export const shellEn: ShellWords = {
  top: {
    label: "Always at hand",
    lock: "Lock now",
    more: "More",
    back: "Back",
    mark: "Wipe everything: hold for one second",
    markHint: "Hold it for one second, and everything here is wiped. Nothing has been wiped.",
  },
  blank: { show: "Tap to go on" },
  home: {
    heading: "What do you want to record?",
    start: { photo: "Photo", video: "Video", sound: "Sound", words: "Words" },
    begun: "You have begun a report.",
    goOn: "Go on with it",
    drop: "Throw it away",
    dropSure: "Throw away what you have begun? It is kept nowhere else.",
    dropYes: "Yes, throw it away",
    dropNo: "No",
  },
  more: {
    heading: "More",
    language: "Language",
    stays: {
      heading: "What stays on this phone",
      texts: [
        "What you have kept is sealed. Nobody can open it on this phone: not you, and not whoever takes the phone.",
        "A photo that you chose from the phone is still in the gallery, where it was before.",
        "That this page was opened here can be found out: the browser remembers addresses, and the phone remembers when the camera was used.",
        "The keyboard may learn words that you type. If yours has a private mode, switch it on.",
      ],
    },
    about: {
      heading: "About this program",
      texts: [
        "It carries what you saw to those who invited you, sealed, by way of keepers who cannot read it.",
        "It is free: anyone may read, copy and change it (AGPL 3.0 or later). It comes without any warranty.",
      ],
    },
  },
}
