import type { HeardWords } from "./heard-words.ts"

export const heardEn: HeardWords = {
  never: "No word from your group has reached this phone yet.",
  ago: (days, count, day) =>
    days < 0
      ? `Last word from your group: ${day}`
      : days === 0
        ? "Last word from your group: today"
        : days === 1
          ? "Last word from your group: yesterday"
          : `Last word from your group: ${count} days ago (${day})`,
  silence: {
    long: "There has been no word for a while. The road may be shut: try another network, or get the file with the news from somebody.",
    "old-terms":
      "What this phone knows of your group is old. Reports are still sealed and kept, but fetch the news when you can, or read the group’s newest card.",
    clock:
      "This phone’s clock seems to be behind. Reports are sealed as they should be, but set the date right.",
  },
  read: "I have read it: erase it here",
  replyKept:
    "Until you press this it stays here, sealed. After that it is nowhere, and cannot be shown again.",
  refused: "Warning: two words from your group have reached this phone that cannot both be true.",
  refusedWhat:
    "Either a keeper gives out something old or false, or somebody else has your group’s key. This phone did not accept it, and keeps both as proof. Tell the person who invited you, face to face, and bring them this file. Until then do not trust new bulletins and calls.",
  saveProof: "Save both as a file for them",
  proofSaved: "Saved. Nothing of it shows from outside. Give it to somebody whom you trust.",
  dropProof: "They have it: erase it here",
}
