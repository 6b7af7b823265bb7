import type { WitnessWords } from "./witness-words.ts"

export const witnessEn: WitnessWords = {
  noInvitation:
    "No invitation? The group’s public card will do: paste it in the same place. It stands on their pages and posters.",
  card: {
    heading: "A public card, without invitation",
    from: "This card says that it is of",
    compare:
      "Compare these six words with those that the group has printed or shown. If one differs, the card is false: stop.",
    numbers: "The same as numbers:",
    meansHeading: "What anonymous means here",
    means: [
      "They do not know who you are, and cannot ask about you. So they may believe you more slowly.",
      "It does not hide that you use the internet, nor what your words and pictures show of you.",
      "Your reports are linked with each other only if you use the same words.",
    ],
    isNew: "Begin, with words to come back with",
    isBack: "I have my seven words",
    once: "Begin without words",
    onceNote: "Then you cannot come back from another phone: no one can find you again, and you neither.",
    no: "This is not the group",
  },
  fresh: {
    heading: "Seven words, only yours",
    what: "With this card and these seven words, in this order, you can come back from any phone: see that your report arrived, read the answer, and say more under the same sign.",
    care: [
      "They are shown this once. Keep them in your head, or on paper far from this phone.",
      "Whoever has them can read what is answered to you, see how many reports arrived, and write in your place. Your reports they cannot open.",
      "They are not the words that open this app. Those come next.",
    ],
    another: "Seven others",
    noted: "I have them",
  },
  proof: {
    heading: "Do you have them?",
    what: "Write these three of the seven.",
    label: (place) => `Word ${place}`,
    done: "Go on",
    again: "Show them again",
    wrong: "These are not the words of those places. Nothing is lost: look once more.",
  },
  back: {
    heading: "Come back with your words",
    what: "All seven, in the same order. The next steps take a few seconds on purpose: so that nobody can try many.",
    label: "Seven words",
    go: "Come back",
    cancel: "Back to the card",
    wrongCount: "That is not seven words. Count them again; nothing was tried.",
    unknownWord: (places) =>
      `These are in no list of ours: word ${places}. A letter may have slipped; look again.`,
    comma: ", ",
  },
  standing: {
    heading: "Under your words",
    arrived: (count) => `${count} of your reports have arrived: they have them.`,
    nothing: "Nothing was found under these words.",
    nothingMay:
      "Either nothing has arrived yet, or it was more than 90 days ago, or one of the words is another. Nobody can tell which. If you think a word is wrong, let this phone forget you under “More”, and come back again.",
    gone: "Answers older than 30 days cannot be shown any more, and what another phone kept and did not send is only there.",
    look: "Look now",
    looking: "Looking…",
    unasked: "Nobody was asked yet.",
  },
  forget: {
    heading: "Let this phone forget me",
    what: "The key from your words goes from this phone; with the words you can come back. What is sealed and not sent stays here, and goes on its way when this group’s card is read here again.",
    button: "Forget me",
    sure: "Without your words nobody can find you again. Do you have them?",
    yes: "Yes, forget me",
    no: "No, stay",
  },
}
