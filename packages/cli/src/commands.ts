import type { Command } from "./command.ts"
import { archiveBuild } from "./commands/archive-build.ts"
import { archiveVerify } from "./commands/archive-verify.ts"
import { carryIn } from "./commands/carry-in.ts"
import { carryOut } from "./commands/carry-out.ts"
import { broadcast } from "./commands/broadcast.ts"
import { broadcastTake } from "./commands/broadcast-take.ts"
import { deskCard } from "./commands/desk-card.ts"
import { deskConfirm } from "./commands/desk-confirm.ts"
import { deskExport } from "./commands/desk-export.ts"
import { deskInit } from "./commands/desk-init.ts"
import { deskInvite } from "./commands/desk-invite.ts"
import { deskList } from "./commands/desk-list.ts"
import { deskOpen } from "./commands/desk-open.ts"
import { deskPublish } from "./commands/desk-publish.ts"
import { deskPull, deskTake } from "./commands/desk-pull.ts"
import { deskReceipts } from "./commands/desk-receipts.ts"
import { deskRelay } from "./commands/desk-relay.ts"
import { deskServe } from "./commands/desk-serve.ts"
import { deskShow } from "./commands/desk-show.ts"
import { deskVerify } from "./commands/desk-verify.ts"
import { fieldCheck } from "./commands/field-check.ts"
import { fieldEnrol } from "./commands/field-enrol.ts"
import { fieldSend } from "./commands/field-send.ts"
import { fieldWords } from "./commands/field-words.ts"
import { network } from "./commands/network.ts"
import { qrRead } from "./commands/qr-read.ts"
import { qrShow } from "./commands/qr-show.ts"
import { relayAdmit } from "./commands/relay-admit.ts"
import { relayFsck } from "./commands/relay-fsck.ts"
import { relayServe } from "./commands/relay-serve.ts"
import { relayTake } from "./commands/relay-take.ts"

/** Every verb, in the order in which the help shows them. */
export const commands: readonly Command[] = [
  deskInit,
  deskInvite,
  deskCard,
  deskConfirm,
  deskRelay,
  deskPull,
  deskTake,
  deskList,
  deskShow,
  deskOpen,
  deskExport,
  deskPublish,
  deskReceipts,
  deskServe,
  deskVerify,
  fieldEnrol,
  fieldSend,
  fieldCheck,
  carryOut,
  carryIn,
  fieldWords,
  qrShow,
  qrRead,
  relayServe,
  relayAdmit,
  relayTake,
  relayFsck,
  broadcast,
  broadcastTake,
  archiveBuild,
  archiveVerify,
  network,
]
