import type { TrustWords } from "./trust-words.ts"

export const trustEn: TrustWords = {
  alarm: {
    heading: "Do not trust this program any more",
    what: {
      "worker-changed":
        "The address that this program came from now sends another program, without our signature. What is before your eyes is still the program from before.",
      "served-changed":
        "This program's address gives others a program that is not the signed one. The one on this device is what it was, and nothing of the other was installed.",
      "update-refused":
        "A new version was offered that is not signed as it must be, or was changed. Nothing of it was installed.",
      "older-offered":
        "Another version with an old number was offered instead of yours. An old one may have faults that others know. Nothing of it was installed.",
      "log-split":
        "The public list of versions does not fit what this device saw before: you may be shown something that others are not. Nothing was installed.",
    },
    safe: "What you kept is locked and sealed, and nothing of it was removed. While this warning stands, the program does not ask for your passphrase; if a page does, do not type it.",
    doHeading: "What to do",
    steps: [
      "First save what was not sent, with the button below. Then close the page and do not open it for now: next time, it may be their program.",
      "Tell the group by another road.",
      "Get the program from somebody you trust, and let a friend's program check it.",
      "Do not clear the browser's data: what was not sent yet would be lost with it.",
    ],
    save: "Save what was not sent as a file",
    saveNext: "Save the next file too",
    saved:
      "Saved. It is sealed, and whoever carries it cannot read it. Bring it to the group by another road.",
    nothing: "There is nothing that was not sent.",
    failed: "It was not saved, and nothing was changed. Close other windows of this program and try again.",
    again: "I asked the group, and there is no danger",
    sure: "I am sure, check again",
    looking: "Checking…",
  },
  update: {
    ready: (version) => `A new version (${version}) is here, and was checked.`,
    take: "Open it from next time",
    later: "Not now",
    taken: "The next time you open the program, it is the new version.",
  },
  program: {
    heading: "Is this program as it was made?",
    looking: "Checking…",
    unsigned:
      "This copy is not a signed release: nobody can tell whether it was changed. Nor does it open without a network. It is good for practice, not for real work.",
    insecure:
      "This page came by a road (without https) by which the browser does not keep the program: it does not open without a network, and is not checked. Installing on a phone needs an https address.",
    file: "This is the whole program in one file. It cannot check itself: let a friend's program check this file.",
    installed: (version) =>
      `Version ${version} is on this device, rightly signed, and opens without a network.`,
    notInstalled:
      "The program is not installed on this device yet: its address did not answer. Check again when there is a network.",
    unreached: "The program's address does not answer now. The program is what it was.",
    noRoom: "There is no room for the new version. The one from before stays, and works.",
    failed: "It was not checked. The program is what it was; try again later.",
    look: "Check again",
    words: "Show the six words of this version",
    wordsNote:
      "Read them aloud with a friend who has the same version; they must be the same. The program says these words itself, and a changed one can lie: a check by a friend's program is stronger.",
    friend: "Check a friend's copy",
    friendNote: "Works without a network. Open the file or folder of their program; nothing in it is run.",
    pickFile: "File of the program",
    pickFolder: "Folder of the program",
    good: (version) => `It is right: version ${version}, as it was signed.`,
    changed: "It was changed, or is damaged. Do not use it, and tell your friend.",
    unknown: "Nobody can tell: it has no signature that this program knows. Do not use it.",
  },
  box: {
    nothing: "This file keeps nothing by itself: save your box before you close it.",
    unsaved: "Your box is not saved. If you close this now, what you kept is lost.",
    save: "Save the box",
    open: "Open a saved box",
    failed: "This file is not a box, or is damaged. Nothing was changed; open another copy of it.",
  },
}
