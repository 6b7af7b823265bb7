import type { QrWords } from "./qr-words.ts"

export const qrEn: QrWords = {
  show: "Show it to another phone",
  readOther: "Read from another phone’s screen",
  readInvitation: "Read it with the camera",
  shows: (reports, pieces, seconds) =>
    `Reports: ${reports}, in pieces: ${pieces}. The other phone has to film this screen for about ${seconds} seconds.`,
  left: (reports) => `More than fits here. Reports left out: ${reports}. Save them as a file.`,
  tooLarge: "What waits is too large for this: photos and films do not go this way. Save it as a file.",
  flickers:
    "The picture changes fast and flickers. If flashing light troubles you, do not look at it, or slow it down.",
  picture: "Pictures that change",
  speeds: { slow: "Slow", fast: "Fast" },
  start: "Start",
  stop: "Stop",
  close: "Close",
  aim: "Hold the camera in front of the other screen, so that its picture fills the frame.",
  seen: "What the camera sees",
  piece: "This piece",
  nothingYet: "Nothing has been read yet.",
  read: (have, need) => `${have} of ${need} pictures of this piece were read.`,
  noCamera: "The camera did not open. Allow it in the browser, or carry a file instead.",
  collected: (pieces) =>
    `Sealed pieces here: ${pieces}. This phone cannot open them. Before you close this, save them for a carrier.`,
  saveCollected: "Save these pieces as a file",
  savedCollected: "Saved. Bring it to a keeper, or hand it to a carrier.",
  failed: "This part did not open. Nothing is lost; open the page again.",
}
