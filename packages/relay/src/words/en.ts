import type { UploadOutcome, Words } from "./words.ts"

/** English. */
export const english: Words = {
  language: "en",
  direction: "ltr",
  title: "Govah: keeper of sealed parcels",
  whatItDoes: "This machine keeps sealed parcels until those they are meant for have fetched them.",
  whatItCannotDo:
    "It can open and read none of them. It does not know who a parcel is from or for. It writes down neither your address nor the hour you came.",
  whatIsNotHidden:
    "But whoever watches your network can see that you reached this machine, and roughly how much you sent.",
  giveTitle: "Hand over a parcel",
  giveHow: "Choose a file that the Govah app has sealed and made.",
  giveWarning:
    "Do not put a photo, a video or a text here as it is: it is not sealed, and anyone on the way can see it.",
  fileLabel: "Parcel file",
  giveButton: "Hand over",
  takeTitle: "Take receipts along",
  takeHow:
    "Save the desk's newest file and open it in the Govah app: it then shows which reports have arrived. Everybody gets the same file.",
  feedLink: (number) => `File number ${digits.format(number)} of the desk`,
  back: "Back",
  outcome: sayOutcome,
}

const digits = new Intl.NumberFormat("en")

function sayOutcome(outcome: UploadOutcome): readonly string[] {
  switch (outcome.kind) {
    case "kept": {
      const cut = `The end of the file was cut off: its last ${digits.format(outcome.cutBytes)} bytes were not kept. Hand over the whole file again.`
      const damaged = `${digits.format(outcome.damaged)} pieces were damaged on the way and are not here. Make the file anew in the Govah app, and hand it over again.`
      return [
        `${digits.format(outcome.pieces)} sealed pieces are safe here.`,
        ...(outcome.cutBytes > 0 ? [cut] : []),
        ...(outcome.damaged > 0 ? [damaged] : []),
        "Do not delete the file until the Govah app says that it has arrived.",
      ]
    }
    case "not-sealed":
      return [
        "This file is not sealed. Nothing of it was kept.",
        "But it crossed the network and may have been seen. Seal it in the Govah app first, then hand over the parcel.",
      ]
    case "no-file":
      return ["No file came. Choose the parcel file and hand it over again."]
    case "refused":
      return [
        `${digits.format(outcome.pieces)} pieces are safe, the rest are not.`,
        outcome.code === "full"
          ? "This machine is full. Keep the file and hand it to another."
          : "It did not finish. Keep the file and hand it over again; repeating does no harm.",
      ]
  }
}
