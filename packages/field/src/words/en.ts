import { lockEn } from "./lock-en.ts"
import { reportEn } from "./report-en.ts"
import { shellEn } from "./shell-en.ts"
import { heardEn } from "./heard-en.ts"
import { qrEn } from "./qr-en.ts"
import { trustEn } from "./trust-en.ts"
import { queueEn } from "./queue-en.ts"
import { placeEn } from "./place-en.ts"
import { witnessEn } from "./witness-en.ts"
import type { Words } from "./words.ts"

export const en: Words = {
  ...reportEn,
  language: "en",
  direction: "ltr",
  locale: "en-GB",
  calendar: "gregory",
  opening: "Opening…",
  closed: "It did not open",
  unsaid: "Not said",
  shell: shellEn,
  lock: lockEn,
  trust: trustEn,
  witness: witnessEn,

  join: {
    heading: "Begin with your invitation",
    what: "Somebody you trust gave you a long text or a link. Paste all of it here.",
    label: "Invitation",
    read: "Read the invitation",
    from: "This invitation comes from",
    lastDay: (day) => `It can be used until ${day}.`,
    question: "Is this who you expected? If not, stop here and ask the person who gave it to you.",
    yes: "Yes, join",
    no: "No",
  },

  record: {
    heading: "What happened?",
    promise: (desk) => `It is sealed on this phone. Only “\u2068${desk}\u2069” can open it.`,
    wordsLabel: "In your own words",
    mediaGone: "The photos and files of this report were not kept. Take or choose them again.",
    rest: "The rest can be left as it is.",
  },
  place: placeEn,
  delivery: {
    heading: "Delivery",
    send: "Send now",
    progress: (done, total) => `${done} of ${total} pieces`,
    road: {
      https: "Road: the ordinary internet, encrypted (https)",
      onion: "Road: Tor",
      lan: "Road: the local network",
    },
  },
  queue: queueEn,
  kept: {
    heading: "What you have kept",
    none: "Nothing yet.",
    size: (size) => `about ${size}`,
    keptOn: (day) => `kept ${day}`,
    state: {
      here: "On this phone only",
      partly: "Partly sent",
      relays: "Left this phone, not confirmed yet",
      arrived: "Arrived: they have it",
      damaged: "Damaged on this phone",
    },
    wholeIn: (places, of) => `all of it in ${places} of ${of} places`,
    check: "Check for receipts and news",
    checking: "Asking…",
    checkedNew: (count) => `${count} more arrived. Their sealed copies were erased here.`,
    checkedNothing: "No new receipt yet. Nothing is lost; try again later.",
  },
  fromDesk: {
    heading: "From your group",
    warning: {
      relay: "Warning: do not use this keeper any more.",
      road: "Warning: do not use this road any more.",
      unit: "Warning: do not trust this person or place any more.",
      invitation: "Warning: do not use this invitation.",
      program: "Warning about this program.",
      other: "Warning.",
    },
    replies: "They answer you",
  },
  news: {
    heading: "News and calls",
    note: "Everybody gets the same. Nobody learns which of them you read, and this page tells no one whether you take part.",
    bulletin: (day) => `News, ${day}:`,
    call: "Call:",
    when: (from, to) => (to === null ? from : `From ${from} to ${to}`),
    everywhere: "Wherever you are",
    comma: ", ",
    material: "With this call",
    pictureOf: (title) => `The picture of “${title}”`,
    pictureBroken: "This picture cannot be shown here. The rest of the call is as it should be.",
    save: (size) => `Save to this phone (${size})`,
    saveNote:
      "You need not save it: it can be seen here. Saved, it stays among the phone’s files, where anyone who opens the phone finds it.",
  },
  heard: heardEn,
  qr: qrEn,
  carry: {
    heading: "Without a network",
    saveNext: (part, parts) => `Save the next file (${part} of ${parts})`,
    save: "Save as a file for a carrier",
    saving: "Making the file…",
    open: "Open a file that was brought",
    opening: "Reading…",
    outcome: {
      part: "This one is saved, but not everything fits into one file. Save the next one too.",
      card: "Your group’s newest card was read, and is used from now on.",
      "card-old": "This card is no newer than the one on this phone. Nothing has changed.",
      joined: "This is an invitation, and this phone has already joined. Nothing has changed.",
      saved:
        "Saved. Whoever carries it cannot read it. It stays here too, until the receipt comes. Put it on a memory stick, or hand it in on the page of a keeper nearby.",
      behind: "This file is older than what was heard before. Nothing has changed.",
      other: "This is no file with receipts from your group. Nothing has changed; ask for another.",
    },
  },
  failures: {
    "invitation-broken":
      "This is not a whole invitation. Nothing is lost: copy all of it once more, from its first letter to its last.",
    "invitation-changed":
      "This invitation was changed on its way. Do not use it; ask for a new one, face to face if you can.",
    "invitation-expired":
      "This invitation is too old. Nothing is lost: if the date of this phone is wrong, set it right; else ask for a new one.",
    "invitation-newer": "This invitation needs a newer edition of this page. Ask where to find one.",
    "already-enrolled": "This phone has already joined. Everything kept here is safe.",
    "not-enrolled": "This phone has not joined anyone yet. Begin with your invitation.",
    "report-empty": "There is nothing to keep yet: write a few words or add a photo.",
    "report-date": "There is no such day. Your words are still here; correct the date.",
    "report-place": "This place cannot be used as written. Your words are still here; shorten it.",
    "report-long": "This is too long for one report. Your words are still here; keep it in two parts.",
    "report-other":
      "Something in this report cannot be used. Your words are still here; change it and try again.",
    "report-claim":
      "A number is missing or is not a number. Your words are still here; correct it, or choose that you do not know how many.",
    "media-unreadable":
      "One of the files can no longer be read. Nothing was kept; your words are still here. Remove it or choose it again, then keep.",
    stopped: "Stopped. Nothing was kept; everything you gave is still here.",
    "storage-full":
      "This phone has no room left. Nothing was kept; your words are still here. Free some room and try again. What was kept before is safe.",
    "storage-closed":
      "This browser does not let the page keep anything. Nothing was kept. Open it in an ordinary window, not a private one.",
    "storage-damaged":
      "Something kept on this phone was damaged. The rest is safe. If you can, send again what mattered most.",
    "road-closed":
      "The road that the invitation demands is not open here, so nothing was sent. All of it is safe on this phone.",
    "roads-warned":
      "Your group warns of every road that this phone knows, so nothing is sent or fetched by them. All of it is safe here, sealed. Read the group’s newest card, or save it as a file for a carrier.",
    unreachable: "No connection. Nothing is lost: all of it is sealed on this phone. Try again later.",
    "too-slow":
      "The line is too slow just now. What got through counts; the rest is safe here. Try again later.",
    "relay-busy": "The other end has too much to do. Nothing is lost; try again in a few minutes.",
    "relay-full": "The other end is full. All of it is safe here; try again later.",
    "relay-strange":
      "The other end answered something that proves nothing, so nothing was counted as sent. All of it is safe here. If it happens again, tell the person who invited you.",
    "relay-too-dear":
      "The other end demands far more work of this device than it may, so nothing was sent and the battery is spared. All of it is safe here. Send by another road, and tell the person who invited you.",
    "feed-refused":
      "The answer is not to be trusted and was refused. What you kept is safe. Tell the person who invited you.",
    locked: "The app is locked. What you kept is safe.",
    "passphrase-wrong":
      "This passphrase opened nothing. Nothing was erased; type the four words again, in their order.",
    "passphrase-other":
      "These are not the four words that were proposed. Nothing has changed; look at them again and type those.",
    "lock-exists": "This app has a passphrase already. Open the page again and type that one.",
    "lock-damaged":
      "The lock of this app is damaged, and what is here cannot be opened. What you sent before is where it went.",
    wiped:
      "Everything in this app was erased. If it is open anywhere else, close it there, and open this page again.",
    unknown:
      "Something went wrong. What was said to be kept is safe; anything else is not kept. Reload the page and try again.",
  },
}
