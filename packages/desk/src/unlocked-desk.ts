import { fromBase64Url } from "@govah/core/bytes"
import { signPack } from "./broadcast/sign-pack.ts"
import { DeskError } from "./desk-error.ts"
import type { Desk, DeskDeps, LogSigner } from "./desk.ts"
import { exportAge } from "./export/export-age.ts"
import { setCall } from "./feed/call.ts"
import { makeFeed } from "./feed/make-feed.ts"
import { readFeedFile } from "./feed/feed-store.ts"
import { reply } from "./feed/replies.ts"
import { publishFeed } from "./feed/publish-feed.ts"
import { checkGate } from "./gate/gate.ts"
import { makeCard, makeInvitation } from "./identity/card.ts"
import { publicText, readName, readSeed, withSeed } from "./identity/secrets.ts"
import { pullRelays, takeFile } from "./intake/pull.ts"
import { restoreFrom } from "./intake/restore.ts"
import { openBook } from "./ledger/book.ts"
import { checkMemberAct, parseMemberAct } from "./ledger/member-act.ts"
import { makePicture } from "./picture/make-picture.ts"
import { readPicture } from "./picture/pictures.ts"
import { publicationSet, publish } from "./publish/publish.ts"
import { addRelay, readRelays } from "./relays/relays.ts"
import type { Room } from "./room.ts"
import { tokensOfRelay } from "./tokens/relay-issuer.ts"
import type { Store } from "./store/store.ts"
import { verifyDesk } from "./verify.ts"
import { listReports, readAttachment, showReport } from "./view/report-view.ts"
import { createSummaries } from "./view/summaries.ts"

/** A desk over an open store. Closing it closes the store. @throws DeskError `damaged`. */
export async function unlockDesk(store: Store, deps: DeskDeps): Promise<Desk> {
  const key = await publicText(store, "root-seed", deps.primitives)
  const memberSeed = readSeed(store, "member-seed")
  const book = await openBook(store, { desk: key, memberSeed }, deps)
  const summaries = createSummaries()
  const room: Room = { store, book, deps, name: readName(store), key, summaries }
  // Read now, so that a damaged ledger is named when the desk is opened and not in the middle of work.
  book.state()
  const signer = await logSigner(store, key, deps)
  return {
    name: room.name,
    key,
    card: (terms) => makeCard(room, terms),
    invite: (label) => makeInvitation(room, label),
    addRelay: async (relay) => addRelay(store, relay),
    relays: () => readRelays(store).map(({ url, road }) => ({ url, road })),
    pull: (report, signal) => pullRelays(room, report, signal),
    take: (path) => takeFile(room, path),
    restore: (relay, signal) => restoreFrom(room, relay, signal),
    list: () => listReports(room),
    show: (root) => showReport(room, root),
    attachment: (root, index) => readAttachment(room, root, index),
    exportAge: (root, index, to) => exportAge(room, root, index, to),
    state: () => book.state(),
    act: async (asked) => {
      const act = parseMemberAct(asked)
      await book.append(() => {
        checkMemberAct(act, book.state())
        return [act]
      })
    },
    makePicture: (request) => makePicture(room, request),
    picture: (sha256) => readPicture(store, sha256),
    checklist: (id) => checkGate(room, id),
    publish: (id) => publish(room, id),
    publicationSet: () => publicationSet(room),
    logSigner: () => signer,
    reply: (root, words) => reply(room, root, words),
    call: (call, material) => setCall(room, call, material),
    makeFeed: () => makeFeed(room),
    feedFile: (number) => readFeedFile(room, number),
    publishFeed: (signal) => publishFeed(room, signal),
    tokens: (relay, count, signal) => tokensOfRelay(room, relay, count, signal),
    signPack: (contents) => signPack(room, contents),
    verify: () => verifyDesk(room),
    close: () => {
      memberSeed.fill(0)
      summaries.clear()
      store.close()
    },
  }
}

async function logSigner(store: Store, key: string, deps: DeskDeps): Promise<LogSigner> {
  const publicKey = fromBase64Url(await publicText(store, "log-seed", deps.primitives))
  if (publicKey === null) throw new DeskError("damaged", "the store's log key is damaged")
  return {
    // A log's name must stay the same for ever and differ from every other log's: the desk's key does both.
    name: `govah.desk/${key.slice(0, 22)}`,
    publicKey,
    sign: (message) => withSeed(store, "log-seed", async (seed) => await deps.primitives.sign(seed, message)),
  }
}
