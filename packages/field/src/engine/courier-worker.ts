import type { FieldHome } from "../home/index.ts"
import { oneAtATime } from "../platform/one-at-a-time.ts"
import { type Delivered, delivered, isSent } from "../send/index.ts"
import { type LockedDrawer, readValue, writeValue } from "../store/index.ts"
import { type Courier, createCourier, type Overheard, type QueueShown } from "./courier.ts"
import { failureOf } from "./failure.ts"
import type { Listener } from "./listener.ts"

/** What a courier in a tab stands on. */
export interface CourierPorts {
  readonly home: FieldHome
  readonly drawer: LockedDrawer
  /** Cuts the posts that are under way. */
  readonly cut: () => void
  readonly show: (queue: QueueShown) => void
  readonly listener: Listener
}

const FILE = "queue"

/** Starts to send by itself what waits in this home, as one of all tabs. It ends with the worker. */
export function startCourier({ home, drawer, cut, show, listener }: CourierPorts): Courier {
  const others = new BroadcastChannel("govah-queue")

  async function standing(): Promise<{ isAllSent: boolean; delivered: Delivered }> {
    const relays = await home.relays()
    const waiting = (await home.outbox.list()).filter(({ state }) => state === "kept")
    return {
      isAllSent: waiting.every((parcel) => isSent(parcel, relays)),
      delivered: delivered(waiting, relays),
    }
  }

  async function send(isStopped: () => boolean): ReturnType<Parameters<typeof createCourier>[0]["send"]> {
    // What comes first may be a warning about the road, or a newer card. A relay that is silent holds nobody up for long.
    await Promise.race([listener.first, new Promise((done) => setTimeout(done, HEAR_FIRST_MS))])
    const relays = await home.relays()
    const parcels = new Map((await home.outbox.list()).map((parcel) => [parcel.id, parcel]))
    let saidAt = 0
    function sayHowFar(): void {
      const now = performance.now()
      if (now - saidAt < SAY_EVERY_MS) return
      saidAt = now
      const sum = delivered([...parcels.values()], relays)
      show({ state: "sending", delivered: sum })
      tellOthers({ delivered: sum })
    }
    const sendings = await home.send(null, {
      isStopped,
      onAcknowledged: (id, relay, cells) => {
        const parcel = parcels.get(id)
        if (parcel === undefined) return
        const acknowledged = new Map(parcel.acknowledged)
        acknowledged.set(relay, Math.min(parcel.cells, (acknowledged.get(relay) ?? 0) + cells))
        parcels.set(id, { ...parcel, acknowledged })
        sayHowFar()
      },
    })
    // That some are left out because of a warning is no failure; that all of them are is what a person must know.
    const tried = relays.length === 0 ? sendings : sendings.filter(({ error }) => error?.code !== "warned")
    const failures = tried.flatMap(({ error }) => (error === null ? [] : [failureOf(error)]))
    const { isAllSent } = await standing()
    if (isAllSent) listener.allSent()
    // Where another relay stood in for one that failed, nothing is amiss.
    return { isAllSent, failures: isAllSent ? [] : failures }
  }

  function tellOthers(what: Overheard): void {
    others.postMessage(what)
  }

  const courier = createCourier({
    standing,
    send,
    cut,
    oneAtATime: (work, onOther) => oneAtATime("queue", work, onOther),
    readPaused: async () => {
      const standing = await readValue(drawer, FILE)
      // There from the first start: that it is there says nothing.
      if (standing === null) await writeValue(drawer, FILE, "going")
      return standing === "paused"
    },
    writePaused: (isPaused) => writeValue(drawer, FILE, isPaused ? "paused" : "going"),
    later: (ms, callback) => void setTimeout(callback, ms),
    random: () => crypto.getRandomValues(new Uint32Array(1))[0] as number,
    show,
    tellOthers,
    failureOf,
  })
  others.addEventListener("message", ({ data }: MessageEvent<Overheard>) => courier.overhear(data))
  addEventListener("online", () => courier.nudge())
  return courier
}

const HEAR_FIRST_MS = 10_000

/** A page that is told of every answer has nothing else to do on a good line. */
const SAY_EVERY_MS = 250
