import type { LockWords } from "./lock-words.ts"

export const lockEn: LockWords = {
  first: {
    heading: "Your passphrase",
    what: "From now on only these four words open this app. Learn them in this order.",
    hint: "Make one picture of all four in your head, in this order: the stranger, the better it stays.",
    care: "If you forget them, nobody can help you. If you write them down, keep them away from this phone.",
    another: "Four other words",
    learnt: "I know them",
    typeHeading: "Type them once",
    label: "Four words",
    set: "Lock with these",
    again: "Show them again",
  },
  unlock: {
    heading: "Locked",
    label: "Passphrase, four words",
    open: "Open",
    working: "One moment…",
  },
  secret: {
    show: "Show what I type",
    slow: "This browser is a strict one, and the lock takes longer here: a few minutes, perhaps. Keep the page open.",
  },
  change: {
    heading: "Change the passphrase",
    what: "You get four new words. The old ones open nothing from then on.",
    begin: "Four new words",
    current: "The passphrase that holds now",
    take: "From now on these",
    done: "From now on only the new words open it.",
  },
  duress: {
    heading: "A second passphrase, for when you are forced",
    texts: [
      "Typed where the first one is asked for, it opens an app in which there is nothing, and wipes everything that was there. It cannot be undone.",
      "Nothing on this phone shows whether there is a second one. But whoever knows this program knows that there can be one, and may have made a copy of the phone before. It helps against somebody in a hurry, not against somebody who has time.",
      "What you sent before stays where it went. What had not yet left is lost.",
    ],
    begin: "Set a second one",
    remove: "Remove the second one",
    removeNow: "Remove it now",
    current: "Your first passphrase",
    take: "Take these as the second",
    done: "It is done.",
  },
  faces: {
    heading: "A sign of what is on its way",
    what: "Until the group has it, the hour, the place and a small picture of each report stay here, so that you know it. They are under your passphrase, and are erased as soon as it has arrived.",
    choices: { on: "Keep it", off: "Keep none, and erase what there is" },
    kind: { video: "Video", photo: "Photo", sound: "Sound", file: "File", words: "Words" },
  },
  damaged: {
    heading: "The lock is damaged",
    what: "What is left here can no longer be opened, with any passphrase. What you sent before is where it went. To begin again, everything here has to be erased.",
    wipe: "Erase everything and begin again",
  },
}
