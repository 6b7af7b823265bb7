import type { LockWords } from "./lock-words.ts"

export const lockEn: LockWords = {
  first: {
    heading: "Your passphrase",
    what: "From now on only these four words open this app. Learn them in this order.",
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
  damaged: {
    heading: "The lock is damaged",
    what: "What is left here can no longer be opened, with any passphrase. What you sent before is where it went. To begin again, everything here has to be erased.",
    wipe: "Erase everything and begin again",
  },
}
