import { openInvitation } from "@govah/core/card"
import { type FieldHome, openHome } from "../home/index.ts"
import { keptText } from "./kept-text.ts"
import { lockKeeper } from "./lock-keeper.ts"
import { answerLock, isLockRequest, Locked } from "./lock-requests.ts"
import { opfsDrawer } from "../platform/opfs-drawer.ts"
import { webPrimitives } from "../platform/web-primitives.ts"
import type * as carrierFileModule from "../platform/carrier-file.ts"
import { fetchRoadUntil } from "../road/fetch-road.ts"
import { webStretch } from "../platform/web-stretch.ts"
import type { Drawer, LockedDrawer } from "../store/index.ts"
import type { BoxPort } from "./box-port.ts"
import type { Courier, QueueShown } from "./courier.ts"
import { startCourier } from "./courier-worker.ts"
import { failureOf } from "./failure.ts"
import { type Heard, type Hearing, startHearing } from "./hearing-worker.ts"
import { answerWords, becomeWitness, isCard, readCard, witnessShown } from "./witness-requests.ts"
import type { Answers, Asked, DeskShown, Request, Said, Standing } from "./protocol.ts"
import { createReporting, type Reporting } from "./reporting.ts"

// Sealing, storing and sending live here, away from the page: typing stays smooth, and the file system hands its
// in-place files to workers alone.

const primitives = webPrimitives(crypto)
let opened: Opened | null = null
// In the edition that is one file, workers have no address of their own, and the page lends them its box.
const lent: Promise<Drawer> | null = location.protocol === "blob:" ? lentBox() : null
const keeper = lockKeeper(async () => await (lent ?? opfsDrawer("field")), webStretch, primitives, open)

async function lentBox(): Promise<Drawer> {
  const port = await new Promise<MessagePort>((resolve) => {
    addEventListener("message", ({ data }: MessageEvent<{ readonly port?: MessagePort }>) => {
      if (data.port !== undefined) resolve(data.port)
    })
  })
  // A phone's edition never has a box.
  const { portDrawer } = await import("./box-port.ts")
  const post: BoxPort["post"] = (message) => port.postMessage(message)
  const listen: BoxPort["listen"] = (hear) => {
    port.onmessage = (event: MessageEvent<Parameters<typeof hear>[0]>) => hear(event.data)
  }
  return portDrawer({ post, listen })
}

addEventListener("message", (event: MessageEvent<Asked | { readonly port: MessagePort }>) => {
  if ("port" in event.data) return
  const { number, request } = event.data
  answer(request).then(
    (said) => say({ number, answer: said }),
    (error: unknown) => say({ number, failure: failureOf(error) }),
  )
})

interface Opened {
  readonly drawer: LockedDrawer
  readonly home: FieldHome
  readonly courier: Courier
  readonly hearing: Hearing
  readonly reporting: Reporting
}

async function open(drawer: LockedDrawer): Promise<void> {
  const onion = location.hostname.endsWith(".onion")
  let stop = new AbortController()
  const road = fetchRoadUntil(() => stop.signal)
  const home = await openHome({ drawer, road, open: { onion }, primitives })
  const cut = (): void => {
    stop.abort()
    stop = new AbortController()
  }
  const hearing = startHearing(home, sayHeard, () => opened?.courier.rerouted())
  const courier = startCourier({ home, drawer, cut, show: sayQueue, listener: hearing.listener })
  const reporting = createReporting(home, today, (keeping) => say({ keeping }))
  opened = { drawer, home, courier, hearing, reporting }
}

async function answer(request: Request): Promise<Answers[Request["kind"]]> {
  if (isLockRequest(request)) return await answerLock(request, keeper)
  if (request.kind === "read-invitation") {
    if (isCard(request.text)) {
      const { card, keyWords } = await readCard(request.text, primitives)
      return { desk: deskShown(card), lastDay: null, keyWords }
    }
    const { card, lastDay } = await openInvitation(request.text, today(), primitives)
    return { desk: deskShown(card), lastDay, keyWords: null }
  }
  if (request.kind === "propose-words" || request.kind === "read-words") {
    return await answerWords(request, primitives)
  }
  if (opened === null) throw new Locked()
  const { home, courier, hearing, reporting } = opened
  switch (request.kind) {
    case "kept-text":
      return await keptText(opened.drawer, request)
    case "standing":
      return await standing(home)
    case "enrol":
      await home.enrol(request.text, today())
      return await standing(home)
    case "enrol-witness":
      await becomeWitness(home, request, webStretch)
      courier.wake()
      return await standing(home)
    case "forget-witness":
      await home.forgetWitness()
      return await standing(home)
    case "keep":
      await reporting.keep(request)
      courier.wake()
      return await standing(home)
    case "stop-keeping":
      reporting.stop()
      return null
    case "record":
      await reporting.record(request.input, request.type)
      return null
    case "slice":
      return { recordedBytes: await reporting.slice(request.bytes) }
    case "discard-recording":
      await reporting.discard()
      return null
    case "read-draft":
      return await home.draft()
    case "write-draft":
      await home.saveDraft(request.draft)
      return null
    case "set-faces":
      await home.setFaces(request.on)
      return await standing(home)
    case "queue":
      await courier[request.act]()
      return null
    case "save-file":
      return await (await carrier()).carrierFile(home.outbox, request.after, primitives)
    case "qr-frames":
      return await (await import("./qr-frames.ts")).qrFrames(home.outbox, primitives)
    case "save-cells":
      return await (await carrier()).collectedFile(request.cells, primitives)
    case "take-card": {
      const isNewer = await home.takeCard(request.text)
      if (isNewer) courier.rerouted()
      return isNewer
    }
    case "open-file": {
      const heard = await hearing.hear(request.file)
      return { standing: await standing(home), ...heard }
    }
    case "check": {
      const asked = await hearing.ask()
      return { standing: await standing(home), ...asked }
    }
    case "read-replies":
      await home.dropRead(request.replies)
      return await standing(home)
    case "save-proof":
      return await hearing.proofFile()
    case "drop-proof":
      await home.dropProof()
      return await standing(home)
  }
}

/** Fetched when it is wanted: few ever carry a file, and everybody waits for what seals. */
function carrier(): Promise<typeof carrierFileModule> {
  return import("../platform/carrier-file.ts")
}

async function standing(home: FieldHome): Promise<Standing> {
  const enrolment = await home.enrolment()
  const said = await home.said()
  return {
    desk: enrolment === null ? null : { name: enrolment.card.name, relays: await home.relays() },
    witness: await witnessShown(home),
    parcels: await home.outbox.list(),
    cutRecordings: home.outbox.closedAtStart.length,
    faces: await home.hasFaces(),
    heardOn: said.day,
    termFrom: {
      first: enrolment?.card.terms[0]?.from ?? null,
      last: enrolment?.card.terms.at(-1)?.from ?? null,
    },
    replies: await home.unread(),
    proofs: await home.proofs(),
    warnings: said.warnings,
    bulletins: said.bulletins,
    calls: said.calls,
  }
}

/** While it sends, what is kept is looked at so often. */
const LOOK_EVERY_MS = 5_000
let isToLook = false
// One after another: an earlier look must not be said after a later one.
let looking: Promise<void> = Promise.resolve()

function look(home: FieldHome): void {
  isToLook = false
  looking = looking.then(async () => say({ standing: await standing(home) })).catch(() => undefined)
}

/** What the queue does, and what that has changed. */
function sayQueue(queue: QueueShown): void {
  say({ queue })
  if (opened === null) return
  const isSending = queue.state === "sending"
  if (!isSending) look(opened.home)
  else if (!isToLook) setTimeout(look, LOOK_EVERY_MS, opened.home)
  isToLook = isSending
}

/** What came without being asked for. */
async function sayHeard(heard: Heard): Promise<void> {
  if (opened === null) return
  say({ standing: await standing(opened.home) })
  say({ heard })
}

function deskShown(card: DeskShown): DeskShown {
  return { name: card.name, relays: card.relays }
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}

function say(said: Said): void {
  postMessage(said)
}

say({ begun: true })
