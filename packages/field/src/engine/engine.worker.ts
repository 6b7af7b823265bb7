import { openInvitation } from "@govah/core/card"
import { carrierFile, receivedFile } from "../platform/carrier-file.ts"
import { type FieldHome, openHome } from "../home/index.ts"
import { opfsDrawer } from "../platform/opfs-drawer.ts"
import { webPrimitives } from "../platform/web-primitives.ts"
import { buildReport } from "../report/index.ts"
import { fetchRoadUntil } from "../road/fetch-road.ts"
import type { Drawer } from "../store/index.ts"
import type { Courier, QueueShown } from "./courier.ts"
import { startCourier } from "./courier-worker.ts"
import { type Failure, failureOf } from "./failure.ts"
import { photoSource } from "./photo.ts"
import type { Answers, Asked, DeskShown, Request, Said, Standing } from "./protocol.ts"

// Sealing, storing and sending live here, away from the page: typing stays smooth, and the file system hands its
// in-place files to workers alone.

const primitives = webPrimitives(crypto)
const opened: Promise<Opened> = open()
// Asked about only when something is asked: until then its failure is nobody's.
opened.catch(() => undefined)

addEventListener("message", (event: MessageEvent<Asked>) => {
  const { number, request } = event.data
  answer(request).then(
    (said) => say({ number, answer: said }),
    (error: unknown) => say({ number, failure: failureOf(error) }),
  )
})

interface Opened {
  readonly home: FieldHome
  readonly drawer: Drawer
  readonly courier: Courier
}

async function open(): Promise<Opened> {
  const drawer = await opfsDrawer("field")
  const onion = location.hostname.endsWith(".onion")
  let stop = new AbortController()
  const road = fetchRoadUntil(() => stop.signal)
  const home = await openHome({ drawer, road, open: { onion }, primitives })
  const cut = (): void => {
    stop.abort()
    stop = new AbortController()
  }
  return { drawer, home, courier: startCourier({ home, drawer, cut, show: sayQueue }) }
}

async function answer(request: Request): Promise<Answers[Request["kind"]]> {
  const { home, courier } = await opened
  switch (request.kind) {
    case "standing":
      return await standing()
    case "read-invitation": {
      const { card, lastDay } = await openInvitation(request.text, today(), primitives)
      return { desk: deskShown(card), lastDay }
    }
    case "enrol":
      await home.enrol(request.text, today())
      return await standing()
    case "keep": {
      const attachments = request.photo === null ? [] : [await photoSource(request.photo)]
      await home.keep(buildReport(request.input, attachments.length), attachments, today())
      courier.wake()
      return await standing()
    }
    case "queue":
      await courier[request.act]()
      return null
    case "save-file":
      return await carrierFile(home.outbox, primitives)
    case "open-file": {
      const received = await receivedFile(request.file, primitives)
      const { state, arrived } = await home.hear(received, sayReply)
      return { standing: await standing(), arrived: arrived.length, state }
    }
    case "check": {
      const { arrived, visits } = await home.check(sayReply)
      const failures: readonly Failure[] = visits.flatMap(({ error }) =>
        error === null ? [] : [failureOf(error)],
      )
      return { standing: await standing(), arrived: arrived.length, failures }
    }
  }
}

async function standing(): Promise<Standing> {
  const { home } = await opened
  const enrolment = await home.enrolment()
  const said = await home.said()
  return {
    desk: enrolment === null ? null : deskShown(enrolment.card),
    parcels: await home.outbox.list(),
    heardOn: said.day,
    warnings: said.warnings,
    bulletins: said.bulletins,
    calls: said.calls,
  }
}

/** What the queue does, and what that has changed. */
function sayQueue(queue: QueueShown): void {
  say({ queue })
  // While it sends, this alone tells how far it is.
  if (queue.state === "sending") return
  standing().then(
    (now) => say({ standing: now }),
    () => undefined,
  )
}

/** Once: the key that reads it is dropped after this. */
function sayReply(reply: string): void {
  say({ reply })
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
