import { backOffMs, type Delivered } from "../send/index.ts"
import type { Failure } from "./failure.ts"

/** What the queue is doing, as the page shows it. */
export type QueueShown =
  /** Nothing waits: all of it is where it is to be, or there is nothing. */
  | { readonly state: "idle" }
  | { readonly state: "sending"; readonly delivered: Delivered }
  /** Another tab of the app sends. */
  | { readonly state: "elsewhere"; readonly delivered: Delivered }
  /** It did not all go, and is tried again without anybody doing anything. */
  | { readonly state: "waiting"; readonly delivered: Delivered; readonly failures: readonly Failure[] }
  /** A person stopped it, and only a person starts it again: also after the app was closed. */
  | { readonly state: "paused"; readonly delivered: Delivered }

/** What one try came to. */
export interface Tried {
  /** Whether nothing waits any more. */
  readonly isAllSent: boolean
  readonly failures: readonly Failure[]
}

/** What tabs of the app tell each other. Nothing of it is stored, and nothing of it says what waits. */
export type Overheard =
  | { readonly queue: "changed" | "rerouted" | "pause" | "resume" }
  /** How far the tab that sends has come. */
  | { readonly delivered: Delivered }

/** What the courier needs of the world. */
export interface CourierWorld {
  /** How far everything that waits has come, and whether all of it is where it is to be. */
  standing(): Promise<{ readonly isAllSent: boolean; readonly delivered: Delivered }>
  /** Sends once what waits, until there is nothing more to be done now. @param isStopped - asked before each request. */
  send(isStopped: () => boolean): Promise<Tried>
  /** Cuts the requests that are under way. */
  cut(): void
  /** One tab at a time. */
  oneAtATime<T>(work: () => Promise<T>, onOther: () => void): Promise<T>
  readPaused(): Promise<boolean>
  /** Durable when it resolves. */
  writePaused(isPaused: boolean): Promise<void>
  /** Calls back after so many milliseconds. */
  later(ms: number, callback: () => void): void
  /** 32 random bits. */
  random(): number
  show(queue: QueueShown): void
  tellOthers(what: Overheard): void
  /** What cannot be turned into a failure of a try. */
  failureOf(error: unknown): Failure
}

/**
 * Sends by itself while the app is open: when something was kept, at the start, when the network is back, and after a
 * while where it failed.
 *
 * 1. One try is under way at a time, in all tabs together.
 * 2. While it is paused no request begins.
 */
export interface Courier {
  /** Something was kept: it may be a word that is to overtake a film, so the queue is made anew. */
  wake(): void
  /** The network may be back, or a person looks: the wait after a failure ends now. */
  nudge(): void
  /** Other relays are to be used than before: what is under way is cut at once, and goes on by those that may. */
  rerouted(): void
  /** Stops at once what is under way, and stays stopped until {@link resume}, over a restart too. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** What another tab says. */
  overhear(what: Overheard): void
}

export function createCourier(world: CourierWorld): Courier {
  let isPaused = false
  // Counts what may have changed: a try that began before must not put the queue to sleep after.
  let rings = 0
  let bell: () => void = () => undefined
  let isWaitingForOther = false
  let isAsleep = false

  function ring(): void {
    rings++
    bell()
  }

  async function untilRung(since: number, ms: number | null): Promise<void> {
    if (rings !== since) return
    isAsleep = true
    await new Promise<void>((resolve) => {
      bell = resolve
      if (ms !== null) world.later(ms, resolve)
    })
    isAsleep = false
  }

  async function go(): Promise<never> {
    isPaused = await world.readPaused().catch(() => false)
    for (let failures = 0; ; ) {
      const since = rings
      const tried = await oneTry(since)
      // Something came in between: it may be a word that is to overtake a film.
      if (tried === "anew" || rings !== since) {
        failures = 0
        continue
      }
      if (tried === "nothing") {
        failures = 0
        await untilRung(since, null)
        continue
      }
      await untilRung(since, backOffMs(++failures, world.random()))
      if (rings !== since) failures = 0
    }
  }

  /** @returns `nothing` where there is nothing to be done until somebody rings. */
  async function oneTry(since: number): Promise<"anew" | "nothing" | "failed"> {
    try {
      const { isAllSent, delivered } = await world.standing()
      if (isAllSent || isPaused) {
        world.show(isAllSent ? { state: "idle" } : { state: "paused", delivered })
        return "nothing"
      }
      const isStopped = (): boolean => isPaused || rings !== since
      const tried = await world.oneAtATime(
        async () => {
          isWaitingForOther = false
          // Another tab may have sent it all meanwhile.
          const now = await world.standing()
          if (now.isAllSent || isStopped()) return null
          world.show({ state: "sending", delivered: now.delivered })
          return await world.send(isStopped)
        },
        () => {
          isWaitingForOther = true
          world.show({ state: "elsewhere", delivered })
        },
      )
      if (tried === null || isStopped()) return "anew"
      if (tried.isAllSent) {
        world.show({ state: "idle" })
        return "nothing"
      }
      const after = await world.standing()
      world.show({ state: "waiting", delivered: after.delivered, failures: tried.failures })
    } catch (error) {
      const delivered = { acknowledged: 0, total: 0 }
      world.show({ state: "waiting", delivered, failures: [world.failureOf(error)] })
    }
    return "failed"
  }

  function reroute(): void {
    // Rung first: what is cut must find that it was stopped.
    ring()
    world.cut()
  }

  function turn(to: boolean): void {
    isPaused = to
    if (to) world.cut()
    ring()
  }

  async function setPaused(to: boolean): Promise<void> {
    turn(to)
    world.tellOthers({ queue: to ? "pause" : "resume" })
    await world.writePaused(to)
  }

  void go()
  return {
    wake: () => {
      ring()
      world.tellOthers({ queue: "changed" })
    },
    rerouted: () => {
      reroute()
      world.tellOthers({ queue: "rerouted" })
    },
    nudge: () => {
      if (isAsleep) ring()
    },
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    overhear: (what) => {
      if ("delivered" in what) {
        if (isWaitingForOther) world.show({ state: "elsewhere", delivered: what.delivered })
      } else if (what.queue === "changed") ring()
      else if (what.queue === "rerouted") reroute()
      else turn(what.queue === "pause")
    },
  }
}
