import type { QueueWords } from "./queue-words.ts"

export const queueEn: QueueWords = {
  state: {
    sent: "All of it has left this phone.",
    sending: "On its way.",
    elsewhere: "Another window of this program is sending.",
    waiting: "Kept here, not all of it sent yet.",
    paused: "You have stopped it. Nothing is sent until you say so.",
  },
  advice: {
    sent: "It is safe to close.",
    sending:
      "Keep this open until the line is full. Should it be closed, it goes on from there next time. Do not clear the browser’s data.",
    elsewhere: "Keep that window open, and do not clear the browser’s data.",
    waiting:
      "It tries again by itself while this is open. Safe to close, but do not clear the browser’s data: nothing else holds it yet.",
    paused: "Safe to close, but do not clear the browser’s data: nothing else holds it yet.",
  },
  pause: "Do not send for now",
  resume: "Send now",
  copies: (copies) => `each in ${copies} places`,
  mayBeCleared:
    "This browser does not promise to keep this when the phone runs out of room. Send it soon, or save it as a file.",
  roomShort:
    "This phone is running out of room. What you have kept is safe, and nothing of it goes by itself. Send it, or save it as a file on another memory. When its receipt comes, there is room again.",
  roomShortEmpty: "This phone is running out of room. Make some elsewhere on the phone before you record.",
}
