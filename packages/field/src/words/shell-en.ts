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
    on: { photo: "The camera is on", video: "The camera is on", sound: "The microphone is on" },
    toIt: "Go back to it",
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
    cover: {
      heading: "Cover",
      what: "A cover is a small program that works. It stands there first, and on the home screen you see its name and picture.",
      name: "What stands there first?",
      choices: {
        none: "Nothing: this program at once, under the name “Notes”",
        notes: "Notes to tick off",
        calculator: "A calculator",
        calendar: "A calendar that turns dates",
      },
      ways: {
        notes: [
          "The way in: hold the word “Notes” at the top for two seconds.",
          "Or press “Add” five times while nothing is written.",
        ],
        calculator: [
          "The way in: hold the number at the top for two seconds.",
          "Or press = five times while nothing is entered; on a keyboard, Enter.",
        ],
        calendar: ["The way in: hold the date at the top for two seconds.", "Or press “Today” five times."],
      },
      install:
        "Try the way in now. Then choose “Add to home screen” in the browser’s menu. What already stands on the home screen keeps its old name: remove it there and add it anew.",
      limits:
        "A cover deceives a glance, not somebody who searches the phone. What you write in the notes of the cover is not protected.",
      look: "Lock, and show the cover",
      notKept: "This browser does not keep the choice. It holds until the page is closed.",
    },
    wipe: {
      heading: "Wipe everything",
      texts: [
        "Everything that is kept here is destroyed, within a second. What you sent before stays where it went. What had not yet left is lost.",
        "Quicker: hold the bin in the ring, at the top, for one second. On a keyboard: press Escape three times. Neither asks again.",
        "That this page was opened here stays in the browser’s memory, and the cover stays on the home screen.",
      ],
      ask: "Wipe everything",
      no: "No, keep everything",
      sure: "Everything here will be gone. There is no way back.",
      yes: "Wipe it now",
    },
    autoLock: {
      heading: "Locks by itself",
      what: "When nothing has been touched for so long. While you record it waits until you are done.",
      after: (minutes) => (minutes === "1" ? "After 1 minute" : `After ${minutes} minutes`),
    },
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
