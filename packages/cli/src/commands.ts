import type { Command } from "./command.ts"

/** One verb as the help lists it. What it does is loaded only where it is called: each room costs time to start. */
export interface Verb {
  /** The words that name it, e.g. `["desk", "init"]`. */
  readonly words: readonly string[]
  readonly summary: string
  load(): Promise<Command>
}

/** Every verb, in the order in which the help shows them. */
export const verbs: readonly Verb[] = [
  verb(
    ["desk", "init"],
    "make a desk: its keys, and an encrypted store",
    async () => (await import("./commands/desk-init.ts")).deskInit,
  ),
  verb(
    ["desk", "invite"],
    "make an invitation for one unit, as text and as a QR picture",
    async () => (await import("./commands/desk-invite.ts")).deskInvite,
  ),
  verb(
    ["desk", "card"],
    "print the desk's signed public card",
    async () => (await import("./commands/desk-card.ts")).deskCard,
  ),
  verb(
    ["desk", "confirm"],
    "say that a contested unit is the right one, after comparing its six words with the person",
    async () => (await import("./commands/desk-confirm.ts")).deskConfirm,
  ),
  verb(
    ["desk", "relay"],
    "use a relay: name it on the card, and pull from it",
    async () => (await import("./commands/desk-relay.ts")).deskRelay,
  ),
  verb(
    ["desk", "pull"],
    "fetch everything new from the desk's relays, and open what is for it",
    async () => (await import("./commands/desk-pull.ts")).deskPull,
  ),
  verb(
    ["desk", "take"],
    "take a bundle that came by hand",
    async () => (await import("./commands/desk-pull.ts")).deskTake,
  ),
  verb(
    ["desk", "restore"],
    "fetch lost pieces of known reports from a relay that is open for it, each among strangers'",
    async () => (await import("./commands/desk-restore.ts")).deskRestore,
  ),
  verb(
    ["desk", "list"],
    "list the reports, newest first",
    async () => (await import("./commands/desk-list.ts")).deskList,
  ),
  verb(
    ["desk", "show"],
    "show one report and its custody",
    async () => (await import("./commands/desk-show.ts")).deskShow,
  ),
  verb(
    ["desk", "open"],
    "open one attachment, to standard output or to a file",
    async () => (await import("./commands/desk-open.ts")).deskOpen,
  ),
  verb(
    ["desk", "export"],
    "seal one attachment anew for somebody else, as a file that the age program opens",
    async () => (await import("./commands/desk-export.ts")).deskExport,
  ),
  verb(
    ["desk", "publish"],
    "publish an event, an action or a story, if every rule allows it",
    async () => (await import("./commands/desk-publish.ts")).deskPublish,
  ),
  verb(
    ["desk", "receipts"],
    "tell the senders what has arrived: write the feed and give it to the relays",
    async () => (await import("./commands/desk-receipts.ts")).deskReceipts,
  ),
  verb(
    ["desk", "reply"],
    "answer a report: sealed, and read only where it came from",
    async () => (await import("./commands/desk-reply.ts")).deskReply,
  ),
  verb(
    ["desk", "warn"],
    "warn everybody: a relay, a road or a unit is burnt",
    async () => (await import("./commands/desk-warn.ts")).deskWarn,
  ),
  verb(
    ["desk", "bulletin"],
    "tell everybody something, for some days",
    async () => (await import("./commands/desk-bulletin.ts")).deskBulletin,
  ),
  verb(
    ["desk", "call"],
    "call for a peaceful action, with something to print",
    async () => (await import("./commands/desk-call.ts")).deskCall,
  ),
  verb(
    ["desk", "tokens"],
    "have a relay sign tokens that let your units in when it is full",
    async () => (await import("./commands/desk-tokens.ts")).deskTokens,
  ),
  verb(
    ["desk", "serve"],
    "open the desk's page for a browser on this machine",
    async () => (await import("./commands/desk-serve.ts")).deskServe,
  ),
  verb(
    ["desk", "verify"],
    "check every cell and every entry of the desk's own store",
    async () => (await import("./commands/desk-verify.ts")).deskVerify,
  ),
  verb(
    ["field", "enrol"],
    "become a unit of a desk, with its invitation; needs no network",
    async () => (await import("./commands/field-enrol.ts")).fieldEnrol,
  ),
  verb(
    ["field", "lock"],
    "give the unit's folder a passphrase, or another one",
    async () => (await import("./commands/field-lock.ts")).fieldLock,
  ),
  verb(
    ["field", "witness"],
    "report to a desk without invitation, with its public card; with seven words you can come back",
    async () => (await import("./commands/field-witness.ts")).fieldWitness,
  ),
  verb(
    ["field", "forget"],
    "forget the anonymous witness of this folder; what is sealed stays, and words bring back the rest",
    async () => (await import("./commands/field-forget.ts")).fieldForget,
  ),
  verb(
    ["field", "send"],
    "seal a report, keep it and send it; without a report, send what waits",
    async () => (await import("./commands/field-send.ts")).fieldSend,
  ),
  verb(
    ["field", "check"],
    "ask whether what was sent has arrived at the desk",
    async () => (await import("./commands/field-check.ts")).fieldCheck,
  ),
  verb(
    ["field", "proof"],
    "save what was refused of the desk's word as proof, for somebody who is trusted",
    async () => (await import("./commands/field-proof.ts")).fieldProof,
  ),
  verb(
    ["feed", "proof"],
    "judge such a proof by signatures and hashes alone",
    async () => (await import("./commands/feed-proof.ts")).feedProof,
  ),
  verb(
    ["field", "tokens"],
    "take the desk's tokens, for when a relay is full",
    async () => (await import("./commands/field-tokens.ts")).fieldTokens,
  ),
  verb(
    ["field", "page"],
    "open a folder of the field app for a browser on this machine",
    async () => (await import("./commands/field-page.ts")).fieldPage,
  ),
  verb(
    ["carry", "out"],
    "write what waits to a stick or card, so that it looks like nothing",
    async () => (await import("./commands/carry-out.ts")).carryOut,
  ),
  verb(
    ["carry", "in"],
    "take what a stick or card brought, into a relay, a desk or a unit",
    async () => (await import("./commands/carry-in.ts")).carryIn,
  ),
  verb(
    ["field", "words"],
    "print six words of the desk's card and six of this unit, to compare with the desk by voice",
    async () => (await import("./commands/field-words.ts")).fieldWords,
  ),
  verb(
    ["qr", "show"],
    "show a bundle, what a unit keeps, a card or an invitation as moving QR codes",
    async () => (await import("./commands/qr-show.ts")).qrShow,
  ),
  verb(
    ["qr", "read"],
    "read moving QR codes: a folder of PNG or JPEG pictures, or a text with one code a line",
    async () => (await import("./commands/qr-read.ts")).qrRead,
  ),
  verb(
    ["relay"],
    "run a relay: one process, two files, nothing that it could read",
    async () => (await import("./commands/relay-serve.ts")).relayServe,
  ),
  verb(
    ["relay", "admit"],
    "let a desk pull from this relay; prints its capability once",
    async () => (await import("./commands/relay-admit.ts")).relayAdmit,
  ),
  verb(
    ["relay", "take"],
    "take a bundle that a carrier brought as a file",
    async () => (await import("./commands/relay-take.ts")).relayTake,
  ),
  verb(
    ["relay", "sync"],
    "make this relay and another hold the same, forgotten pieces too",
    async () => (await import("./commands/relay-sync.ts")).relaySync,
  ),
  verb(
    ["relay", "fsck"],
    "hash every cell of a relay's store again",
    async () => (await import("./commands/relay-fsck.ts")).relayFsck,
  ),
  verb(
    ["relay", "backup"],
    "copy a relay's whole store to a new file, also while the relay runs",
    async () => (await import("./commands/relay-backup.ts")).relayBackup,
  ),
  verb(
    ["relay", "doctor"],
    "examine a relay's machine: says what leaks, why that matters and what to do",
    async () => (await import("./commands/relay-doctor.ts")).relayDoctor,
  ),
  verb(
    ["relay", "tor-config"],
    "print the lines that put an onion service in front of a relay, checked by this machine's tor",
    async () => (await import("./commands/relay-tor-config.ts")).relayTorConfig,
  ),
  verb(
    ["broadcast"],
    "send files, the desk's card and its feed over a one-way road, again and again, with repair",
    async () => (await import("./commands/broadcast.ts")).broadcast,
  ),
  verb(
    ["broadcast", "take"],
    "take a desk's files from recordings of its broadcast; any sufficient part will do",
    async () => (await import("./commands/broadcast-take.ts")).broadcastTake,
  ),
  verb(
    ["archive", "build"],
    "build the public archive from what the desk has published",
    async () => (await import("./commands/archive-build.ts")).archiveBuild,
  ),
  verb(
    ["archive", "verify"],
    "check a copy of an archive; names every file that was changed",
    async () => (await import("./commands/archive-verify.ts")).archiveVerify,
  ),
  verb(
    ["release", "key"],
    "make a key that signs releases of the field app, or their log",
    async () => (await import("./commands/release-key.ts")).releaseKey,
  ),
  verb(
    ["release", "make"],
    "sign and log a release of the built field app",
    async () => (await import("./commands/release-make.ts")).releaseMake,
  ),
  verb(
    ["release", "sign"],
    "add one more signature to a release",
    async () => (await import("./commands/release-make.ts")).releaseSign,
  ),
  verb(
    ["release", "verify"],
    "check a copy of the field app, in a folder or in one file, against its signatures and the log",
    async () => (await import("./commands/release-verify.ts")).releaseVerify,
  ),
  verb(
    ["network"],
    "run a whole network on this machine: relay, desk, field page and archive",
    async () => (await import("./commands/network.ts")).network,
  ),
  verb(
    ["gazetteer", "pack"],
    "make a list of places, for phones to search, of a table",
    async () => (await import("./commands/gazetteer-pack.ts")).gazetteerPack,
  ),
]

function verb(words: readonly string[], summary: string, load: () => Promise<Command>): Verb {
  return { words, summary, load }
}
